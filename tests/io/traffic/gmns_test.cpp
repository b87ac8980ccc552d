#include "io/traffic/gmns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/io/traffic/fixture.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::message_of;
using kontwin::testing::ScratchFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

/// A crossing at node 5 with a signal of two rings, in miles and feet.
void write_crossing(const ScratchFolder& folder) {
  folder.write("config.csv",
               "dataset_name,short_length,long_length,speed,crs\nfour arms,ft,mi,mph,EPSG:32648\n");
  folder.write("node.csv",
               "node_id,x_coord,y_coord,ctrl_type\n1,0,500,\n2,500,0,\n3,0,-500,\n4,-500,0,\n"
               "5,0,0,signal\n");
  folder.write(
      "link.csv",
      "link_id,name,from_node_id,to_node_id,directed,geometry,dir_flag,length,"
      "facility_type,capacity,free_speed,lanes,allowed_uses\n"
      "45,Main Street,4,5,1,\"LINESTRING (-500 0, -200 10, 0 0)\",1,0.5,ARTERIAL,1800,30,2,\n"
      "52,Main Street,5,2,1,\"LINESTRING (500 0, 0 0)\",-1,,ARTERIAL,,30,2,ALL\n"
      "25,Main Street,2,5,1,,,,ARTERIAL,,30,2,\"AUTO, BUS\"\n"
      "54,Main Street,5,4,1,,,,ARTERIAL,,30,2,ALL\n"
      "15,,1,5,0,,,,local,,20,1,ALL\n"
      "35,,3,5,0,,,,local,,20,1,ALL\n"
      "99,,1,3,1,,,,SIDEWALK,,,,WALK\n");
  folder.write("movement.csv",
               "mvmt_id,node_id,ib_link_id,start_ib_lane,end_ib_lane,ob_link_id,type,ctrl_type\n"
               "a,5,45,1,2,52,thru,signal\nb,5,45,1,,15_back,left,signal\n"
               "c,5,25,1,2,54,thru,signal\nd,5,15,1,,35_back,thru,signal\n"
               "e,5,35,1,,15_back,thru,signal\n");
  folder.write("signal_timing_plan.csv",
               "timing_plan_id,controller_id,cycle_length\nday,K,60\nnight,K,50\n");
  folder.write("signal_coordination.csv", "timing_plan_id,offset\nday,12\n");
  folder.write("signal_timing_phase.csv",
               "timing_phase_id,timing_plan_id,signal_phase_num,min_green,max_green,clearance,ring,"
               "barrier,position\n"
               "p1,day,1,10,,3,1,1,1\np2,day,2,20,,4,1,1,2\np6,day,6,15,,4,2,1,1\n"
               "p4,day,4,15,,5,1,2,1\np8,day,8,18,,5,2,2,1\nn1,night,1,9,,1,1,1,1\n");
  folder.write("signal_phase_mvmt.csv",
               "signal_phase_mvmt_id,timing_phase_id,mvmt_id,protection\n"
               "1,p1,b,protected\n2,p2,a,protected\n3,p6,c,protected\n4,p4,d,protected\n"
               "5,p8,e,permitted\n6,p2,b,permitted\n");
}

const LinkPart& link_of(const NetworkParts& parts, const std::string& id) {
  const auto found = std::ranges::find(parts.links, id, &LinkPart::id);
  EXPECT_NE(found, parts.links.end()) << id;
  return *found;
}

TEST(Gmns, NodesAndLinksAreReadInTheirUnits) {
  const ScratchFolder folder;
  write_crossing(folder);
  std::vector<Repair> repairs;
  const NetworkParts parts = read_gmns(folder.path(), &repairs);
  EXPECT_THAT(rules(repairs),
              ElementsAre(Pair("both ways", 2), Pair("not a road", 1), Pair("several plans", 1)));
  EXPECT_EQ(parts.name, "four arms");
  EXPECT_EQ(parts.junctions.at(4).control, JunctionControl::signal);
  const LinkPart& main = link_of(parts, "45");
  EXPECT_NEAR(main.length_m, 804.672, 1e-9);
  EXPECT_NEAR(main.free_speed_mps, 13.4112, 1e-9);
  EXPECT_DOUBLE_EQ(main.lane_capacity_pcph, 1800);
  EXPECT_EQ(main.lanes, 2);
  EXPECT_EQ(main.shape.size(), 3U);
  EXPECT_EQ(link_of(parts, "52").shape.front(), (LocalPoint{0, 0})) << "drawn against its way";
  EXPECT_TRUE(std::isnan(link_of(parts, "52").length_m)) << "that of its shape";
  EXPECT_FALSE(contains(link_of(parts, "25").allowed, VehicleKind::lorry));
  EXPECT_TRUE(contains(link_of(parts, "25").allowed, VehicleKind::motorbike));
  EXPECT_EQ(link_of(parts, "15_back").from, link_of(parts, "15").to);
  EXPECT_GT(main.priority, link_of(parts, "15").priority);
}

TEST(Gmns, RingsWaitForEachOtherAtTheBarriers) {
  const ScratchFolder folder;
  write_crossing(folder);
  const auto network = Network::seal(read_gmns(folder.path()));
  const Signal& signal = network->signals.at(0);
  EXPECT_EQ(signal.id, "K");
  EXPECT_EQ(signal.cycle, to_micros(37 + 23));
  EXPECT_EQ(signal.offset, to_micros(12));
  const auto greens = [&](const char* from, const char* to) {
    const auto row = network->find_turn(link(*network, from), link(*network, to));
    std::vector<std::tuple<double, double, bool>> list;
    for (auto i = network->green_begin[row]; i < network->green_begin[row + 1]; ++i) {
      list.emplace_back(seconds(network->green[i].begin), seconds(network->green[i].end),
                        network->green[i].permissive);
    }
    return list;
  };
  // 10 s of left turns and 3 s of clearance, then the road; the other ring has it all along.
  EXPECT_THAT(greens("45", "15_back"),
              ElementsAre(std::tuple(0., 10., false), std::tuple(13., 33., true)));
  EXPECT_THAT(greens("45", "52"), ElementsAre(std::tuple(13., 33., false)));
  EXPECT_THAT(greens("25", "54"), ElementsAre(std::tuple(0., 33., false)));
  EXPECT_THAT(greens("15", "35_back"), ElementsAre(std::tuple(37., 55., false)));
  EXPECT_THAT(greens("35", "15_back"), ElementsAre(std::tuple(37., 55., true)));
}

TEST(Gmns, LanesCountFromTheLeft) {
  const ScratchFolder folder;
  write_crossing(folder);
  const auto network = Network::seal(read_gmns(folder.path()));
  const auto lanes = [&](const char* from, const char* to) {
    return network->turn_lanes[network->find_turn(link(*network, from), link(*network, to))];
  };
  EXPECT_EQ(lanes("45", "15_back"), 0b10U) << "the leftmost is the innermost";
  EXPECT_EQ(lanes("45", "52"), 0b11U);
}

TEST(Gmns, ATableOfLanesSaysWhoMayUseThem) {
  const ScratchFolder folder;
  write_crossing(folder);
  folder.write("lane.csv",
               "lane_id,link_id,lane_num,allowed_uses,width\nx,45,-1,ALL,10\ny,45,1,ALL,12\n"
               "z,45,2,BIKE,5\n");
  std::vector<Repair> repairs;
  const NetworkParts parts = read_gmns(folder.path(), &repairs);
  const LinkPart& main = link_of(parts, "45");
  EXPECT_EQ(main.lanes, 3);
  EXPECT_THAT(main.lane_kinds,
              ElementsAre(bit_of(VehicleKind::bicycle), all_vehicles, all_vehicles));
  EXPECT_NEAR(main.lane_width_m, 11 * 0.3048, 1e-9);
}

TEST(Gmns, PlacesInDegreesAreProjected) {
  const ScratchFolder folder;
  folder.write("node.csv", "node_id,x_coord,y_coord\n1,108.0,14.35\n2,108.01,14.35\n");
  folder.write("link.csv",
               "link_id,from_node_id,to_node_id,directed,lanes,free_speed\nl,1,2,1,1,50\n");
  std::vector<Repair> repairs;
  const auto network = Network::seal(read_gmns(folder.path(), &repairs));
  EXPECT_THAT(rules(repairs), ElementsAre(Pair("no coordinate system", 1), Pair("no units", 1)));
  // 0.01 degrees of longitude at 14.35 degrees north on WGS 84.
  EXPECT_NEAR(network->length_m[0], 1078.6, 0.5);
  EXPECT_NEAR(network->free_speed_mps[0], 50 / 3.6, 1e-9);
}

TEST(Gmns, NumbersBelowNothingAreMendedAndListed) {
  const ScratchFolder folder;
  folder.write("config.csv",
               "dataset_name,short_length,long_length,speed,crs\nt,m,m,km/h,EPSG:32648\n");
  folder.write("node.csv", "node_id,x_coord,y_coord\n1,0,0\n2,100,0\n");
  folder.write("link.csv",
               "link_id,from_node_id,to_node_id,directed,length,capacity,free_speed,lanes\n"
               "l,1,2,1,-5,-1800,-50,-1\n");
  std::vector<Repair> repairs;
  const auto network = Network::seal(read_gmns(folder.path(), &repairs), &repairs);
  EXPECT_THAT(rules(repairs), ElementsAre(Pair("no capacity", 1), Pair("no lanes", 1),
                                          Pair("no speed", 1), Pair("zero length", 1)));
  EXPECT_DOUBLE_EQ(network->length_m[0], 100);
}

TEST(Gmns, WhatWasWrittenReadsBackTheSame) {
  const ScratchFolder folder;
  const auto network = town();
  write_gmns(folder.path() / "out", *network, "EPSG:9217");
  std::vector<Repair> repairs;
  const auto read = Network::seal(read_gmns(folder.path() / "out", &repairs), &repairs);
  EXPECT_THAT(repairs, IsEmpty());
  EXPECT_EQ(read->link_id, network->link_id);
  EXPECT_EQ(read->link_name, network->link_name);
  EXPECT_EQ(read->from, network->from);
  EXPECT_EQ(read->to, network->to);
  EXPECT_EQ(read->shape, network->shape);
  EXPECT_EQ(read->length_m, network->length_m);
  EXPECT_EQ(read->lane_width_m, network->lane_width_m);
  EXPECT_EQ(read->lane_begin, network->lane_begin);
  EXPECT_EQ(read->allowed, network->allowed);
  EXPECT_EQ(read->priority, network->priority);
  EXPECT_EQ(read->junction_control, network->junction_control);
  EXPECT_EQ(read->turn_from, network->turn_from);
  EXPECT_EQ(read->turn_to, network->turn_to);
  EXPECT_EQ(read->turn_lanes, network->turn_lanes);
  ASSERT_EQ(read->signals.size(), network->signals.size());
  EXPECT_EQ(read->green_begin.size(), network->green_begin.size());
  for (std::size_t link = 0; link < network->links(); ++link) {
    EXPECT_NEAR(read->free_speed_mps[link], network->free_speed_mps[link], 1e-9);
  }
  const auto fixed = *network->find_signal("C");
  for (const std::uint32_t turn : network->signals[fixed].turns) {
    ASSERT_EQ(read->green_begin[turn + 1] - read->green_begin[turn],
              network->green_begin[turn + 1] - network->green_begin[turn]);
    for (std::uint32_t i = 0; i < network->green_begin[turn + 1] - network->green_begin[turn];
         ++i) {
      EXPECT_TRUE(read->green[read->green_begin[turn] + i] ==
                  network->green[network->green_begin[turn] + i]);
    }
  }
}

TEST(Gmns, WhatIsNotThereIsNamedWithFileAndLine) {
  const auto refused = [](const char* file, const std::string& text) {
    const ScratchFolder folder;
    write_crossing(folder);
    folder.write(file, text);
    return message_of<FileError>([&] { read_gmns(folder.path()); });
  };
  EXPECT_THAT(refused("node.csv", "node_id,x_coord\n1,2\n"), HasSubstr("has no column 'y_coord'"));
  EXPECT_THAT(refused("link.csv", "link_id,from_node_id,to_node_id\na,1,5\nb,1,77\n"),
              HasSubstr("link.csv:3: node '77' of link 'b' is not there"));
  EXPECT_THAT(refused("movement.csv", "mvmt_id,ib_link_id,ob_link_id\nm,45,zz\n"),
              HasSubstr("movement.csv:2: link 'zz' of movement 'm' is not there"));
  EXPECT_THAT(
      refused("link.csv", "link_id,from_node_id,to_node_id,geometry\na,1,5,\"LINESTRIN (0 0)\"\n"),
      HasSubstr("link.csv:2: 'LINESTRIN (0 0)' is no LINESTRING"));
  EXPECT_THAT(refused("signal_phase_mvmt.csv", "timing_phase_id,mvmt_id,protection\nq,a,\n"),
              HasSubstr("timing phase 'q' is not there"));
}

}  // namespace
}  // namespace kontwin::traffic::testing
