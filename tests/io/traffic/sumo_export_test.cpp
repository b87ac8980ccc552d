#include "io/traffic/sumo_export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "io/traffic/sumo_routes.hpp"
#include "tests/io/traffic/fixture.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::ScratchFolder;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(SumoExport, RoutesThatWereWrittenReadBackTheSame) {
  const auto network = town();
  const ScratchFolder folder;
  TripTable table;
  const auto standard = standard_vehicle_types();
  table.types.assign(standard.begin(), standard.end());
  table.types[0].speed_factor = 0.95;
  table.types[0].speed_deviation = 0.1;
  table.route_links = {link(*network, "r1_C"), link(*network, "C_E"), link(*network, "E_J1")};
  table.trips = {{to_micros(1.5), 0, 0, table.route_links[0], table.route_links[2], 0, 3},
                 {1'234'567, 1, 2, table.route_links[0], table.route_links[1], 0, 0},
                 {to_micros(7200), 2, 1, table.route_links[0], table.route_links[2], 0, 3}};
  std::ranges::sort(table.trips, {}, &TripRow::depart);
  for (std::size_t i = 0; i < table.trips.size(); ++i) table.trips[i].number = i;
  table.names = {"a<b", "\"c\" & d", "Đăk Bla"};
  const auto path = folder.path() / "a.rou.xml";
  write_sumo_routes(path, table, *network);
  std::vector<TripProblem> problems;
  const TripTable read = read_sumo_routes(path, *network, &problems);
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(read.names, table.names);
  EXPECT_EQ(read.route_links, table.route_links);
  ASSERT_EQ(read.trips.size(), table.trips.size());
  for (std::size_t i = 0; i < table.trips.size(); ++i) {
    EXPECT_EQ(read.trips[i].depart, table.trips[i].depart);
    EXPECT_EQ(read.trips[i].number, table.trips[i].number);
    EXPECT_EQ(read.trips[i].type, table.trips[i].type);
    EXPECT_EQ(read.trips[i].from_link, table.trips[i].from_link);
    EXPECT_EQ(read.trips[i].to_link, table.trips[i].to_link);
    EXPECT_EQ(read.trips[i].route_length, table.trips[i].route_length);
  }
  ASSERT_EQ(read.types.size(), table.types.size());
  for (std::size_t i = 0; i < table.types.size(); ++i) {
    EXPECT_EQ(read.types[i].id, table.types[i].id);
    EXPECT_EQ(read.types[i].kind, table.types[i].kind);
    EXPECT_EQ(read.types[i].length_m, table.types[i].length_m);
    EXPECT_EQ(read.types[i].width_m, table.types[i].width_m);
    EXPECT_EQ(read.types[i].gap_m, table.types[i].gap_m);
    EXPECT_EQ(read.types[i].top_speed_mps, table.types[i].top_speed_mps);
    EXPECT_EQ(read.types[i].speed_factor, table.types[i].speed_factor);
    EXPECT_EQ(read.types[i].speed_deviation, table.types[i].speed_deviation);
    EXPECT_EQ(read.types[i].reaction_s, table.types[i].reaction_s);
    EXPECT_EQ(read.types[i].acceleration_mps2, table.types[i].acceleration_mps2);
    EXPECT_EQ(read.types[i].deceleration_mps2, table.types[i].deceleration_mps2);
    EXPECT_EQ(read.types[i].imperfection, table.types[i].imperfection);
    EXPECT_EQ(read.types[i].room_pcu, table.types[i].room_pcu);
    EXPECT_EQ(read.types[i].flow_pcu, table.types[i].flow_pcu);
    EXPECT_EQ(read.types[i].narrow, table.types[i].narrow);
  }
}

TEST(SumoExport, TheFourFilesSayWhatANetIsMadeOf) {
  const auto network = town();
  const ScratchFolder folder;
  write_sumo_network(folder.path() / "out", *network);
  const std::string nodes = text_of(folder.path() / "out.nod.xml");
  EXPECT_THAT(nodes, HasSubstr("<node id=\"C\" x=\"400\" y=\"200\" type=\"traffic_light\" tl=\"C\" "
                               "tlType=\"static\"/>"));
  EXPECT_THAT(nodes, HasSubstr("type=\"allway_stop\""));
  const std::string edges = text_of(folder.path() / "out.edg.xml");
  EXPECT_THAT(edges, HasSubstr("name=\"Trần Phú\""));
  EXPECT_THAT(edges, HasSubstr("<roundabout nodes=\""));
  const std::string connections = text_of(folder.path() / "out.con.xml");
  EXPECT_THAT(connections,
              HasSubstr("<connection from=\"r1_C\" to=\"C_E\" fromLane=\"1\" toLane=\"1\"/>"));
  EXPECT_THAT(connections, HasSubstr("<connection from=\"Z_FE\"/>")) << "it leads nowhere";
  const std::string signals = text_of(folder.path() / "out.tll.xml");
  EXPECT_THAT(signals,
              HasSubstr("<tlLogic id=\"C\" type=\"static\" programID=\"0\" offset=\"0\">"));
  EXPECT_THAT(signals, HasSubstr("minDur=\"5\" maxDur=\"50\""));
  EXPECT_THAT(signals, ContainsRegex("duration=\"3\" state=\"[ry]*y[ry]*\""))
      << "a short stage at the end of a green is its yellow";
}

/// What netconvert makes of a network; needs SUMO.
std::shared_ptr<const Network> through_netconvert(const Network& network,
                                                  const ScratchFolder& folder) {
  const std::string base = (folder.path() / "out").string();
  write_sumo_network(base, network);
  const std::string command = "netconvert -n " + base + ".nod.xml -e " + base + ".edg.xml -x " +
                              base + ".con.xml -i " + base + ".tll.xml -o " + base +
                              ".net.xml --offset.disable-normalization > " + base + ".log 2>&1";
  const int status = std::system(command.c_str());
  EXPECT_EQ(status, 0) << text_of(base + ".log");
  return Network::seal(read_sumo_network(base + ".net.xml"));
}

TEST(SumoExport, NetconvertMakesTheSameNetworkOfThem) {
  if (std::system("netconvert --version > /dev/null 2>&1") != 0) {
    GTEST_SKIP() << "SUMO is not installed";
  }
  const auto network = town();
  const ScratchFolder folder;
  const auto made = through_netconvert(*network, folder);
  ASSERT_EQ(made->links(), network->links());
  EXPECT_EQ(made->turns(), network->turns());
  for (std::uint32_t row = 0; row < network->links(); ++row) {
    const std::uint32_t there = link(*made, network->link_id[row]);
    EXPECT_NEAR(made->length_m[there], network->length_m[row], 0.01);
    EXPECT_NEAR(made->free_speed_mps[there], network->free_speed_mps[row], 0.01);
    EXPECT_EQ(made->lanes_of(there), network->lanes_of(row));
    EXPECT_EQ(made->allowed[there], network->allowed[row]);
    EXPECT_EQ(made->priority[there], network->priority[row]);
    EXPECT_EQ(made->link_name[there], network->link_name[row]);
  }
  const auto there = [&](std::uint32_t turn) {
    return made->find_turn(link(*made, network->link_id[network->turn_from[turn]]),
                           link(*made, network->link_id[network->turn_to[turn]]));
  };
  for (std::uint32_t row = 0; row < network->turns(); ++row) {
    ASSERT_NE(there(row), no_row) << network->link_id[network->turn_from[row]];
    EXPECT_EQ(made->turn_lanes[there(row)], network->turn_lanes[row]);
    const auto greens = [](const Network& of, std::uint32_t turn) {
      return std::vector(of.green.begin() + of.green_begin[turn],
                         of.green.begin() + of.green_begin[turn + 1]);
    };
    EXPECT_TRUE(greens(*made, there(row)) == greens(*network, row));
  }
  for (std::uint32_t row = 0; row < network->junctions(); ++row) {
    const auto found = made->find_junction(network->junction_id[row]);
    if (!found) continue;  // netconvert leaves out junctions without edges
    const JunctionControl control = network->junction_control[row];
    if (control == JunctionControl::unregulated) continue;  // `dead_end` there
    EXPECT_EQ(made->junction_control[*found], control) << network->junction_id[row];
  }
}

}  // namespace
}  // namespace kontwin::traffic::testing
