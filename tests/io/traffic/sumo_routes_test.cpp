#include "io/traffic/sumo_routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/traffic/sumo_ignoring.hpp"
#include "tests/io/traffic/fixture.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::message_of;
using kontwin::testing::ScratchFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Network& the_town() {
  static const std::shared_ptr<const Network> network = town();
  return *network;
}

TripTable parse(const std::string& inside, std::vector<TripProblem>* problems = nullptr,
                const SumoRoutesOptions& options = {}) {
  const ScratchFolder folder;
  return read_sumo_routes(folder.write("a.rou.xml", "<routes>\n" + inside + "\n</routes>"),
                          the_town(), problems, options);
}

std::vector<double> moments(const TripTable& table) {
  std::vector<double> moments;
  for (const TripRow& trip : table.trips) moments.push_back(seconds(trip.depart));
  return moments;
}

std::vector<std::string> route(const TripTable& table, std::size_t trip) {
  std::vector<std::string> ids;
  for (const std::uint32_t link : table.route_of(table.trips[trip])) {
    ids.push_back(the_town().link_id[link]);
  }
  return ids;
}

const std::string a_route = "<route edges=\"r1_C C_E E_J1\"/>";

TEST(SumoRoutes, AVehicleHasItsRouteInlineOrByName) {
  std::vector<TripProblem> problems;
  const TripTable table = parse(
      "<route id=\"R\" edges=\"N_C C_S\"/>"
      "<vehicle id=\"v1\" depart=\"1.25\" route=\"R\"/>"
      "<vehicle id=\"v2\" depart=\"0:02:03\">" +
          a_route +
          "</vehicle><vehicle id=\"v3\" depart=\"1:0:0:0\" route=\"R\" departLane=\"best\"/>",
      &problems);
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_THAT(table.names, ElementsAre("v1", "v2", "v3"));
  EXPECT_THAT(moments(table), ElementsAre(1.25, 123, 86400));
  EXPECT_THAT(route(table, 0), ElementsAre("N_C", "C_S"));
  EXPECT_THAT(route(table, 1), ElementsAre("r1_C", "C_E", "E_J1"));
  EXPECT_EQ(table.trips[1].from_link, link(the_town(), "r1_C"));
  EXPECT_EQ(table.trips[1].to_link, link(the_town(), "E_J1"));
  ASSERT_THAT(table.types, SizeIs(1));
  EXPECT_EQ(table.types[0].id, "DEFAULT_VEHTYPE");
}

TEST(SumoRoutes, WhoHeedsNoPermissionIsOfAKindThatTheRouteLetsIn) {
  // Lorries may not drive on SB.
  const std::string type =
      "<vType id=\"any\" vClass=\"ignoring\" length=\"7\"/><vType id=\"own\" "
      "vClass=\"passenger\"/>";
  const TripTable table = parse(type +
                                "<vehicle id=\"v1\" type=\"any\" depart=\"1\"><route edges=\"N_C "
                                "C_S\"/></vehicle>");
  EXPECT_EQ(table.types[table.trips[0].type].kind, VehicleKind::car);
  SumoIgnoringTypes ignoring;
  ignoring.add(0);
  std::vector<VehicleType> types(2);
  types[0].kind = types[1].kind = VehicleKind::lorry;
  types[0].length_m = 7;
  const ScratchFolder folder;
  const auto network = Network::seal(read_sumo_network(folder.write("small.net.xml", small_net())));
  const std::uint32_t shut = link(*network, "SB");
  EXPECT_EQ(ignoring.on_route(1, {&shut, 1}, *network, types), 1U);
  const std::uint32_t made = ignoring.on_route(0, {&shut, 1}, *network, types);
  ASSERT_EQ(made, 2U);
  EXPECT_EQ(types[made].kind, VehicleKind::bus);
  EXPECT_EQ(types[made].length_m, 7);
  EXPECT_EQ(ignoring.on_route(0, {&shut, 1}, *network, types), made);
}

TEST(SumoRoutes, TheSameRouteLiesInThePoolOnce) {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    text += "<vehicle id=\"" + std::to_string(i) + "\" depart=\"0\">" + a_route + "</vehicle>";
  }
  const TripTable table =
      parse(text + "<vehicle id=\"x\" depart=\"9\"><route edges=\"r1_C C_E\"/></vehicle>");
  EXPECT_THAT(table.trips, SizeIs(21));
  EXPECT_THAT(table.route_links, SizeIs(5));
}

TEST(SumoRoutes, TripsComeByMomentAndThenByTheirOrderInTheFiles) {
  const ScratchFolder folder;
  const std::vector<std::filesystem::path> files{
      folder.write("t.add.xml", "<additional><vType id=\"T\" maxSpeed=\"11\"/></additional>"),
      folder.write("1.rou.xml", "<routes><vehicle id=\"late\" type=\"T\" depart=\"9\">" + a_route +
                                    "</vehicle><vehicle id=\"a\" depart=\"3\">" + a_route +
                                    "</vehicle></routes>"),
      folder.write("2.rou.xml",
                   "<routes><vehicle id=\"b\" depart=\"3\">" + a_route + "</vehicle></routes>")};
  const TripTable table = read_sumo_routes(files, the_town());
  EXPECT_THAT(table.names, ElementsAre("a", "b", "late"));
  EXPECT_DOUBLE_EQ(table.types[table.trips[2].type].top_speed_mps, 11);
  EXPECT_EQ(table.trips[2].number, 0U);
}

TEST(SumoRoutes, ATripFindsItsOwnWay) {
  std::vector<TripProblem> problems;
  const TripTable table = parse(
      "<trip id=\"t\" depart=\"5\" from=\"N_C\" to=\"E_J1\"/>"
      "<trip id=\"u\" depart=\"6\" from=\"N_C\" to=\"E_J1\" via=\"C_E\"/>",
      &problems);
  ASSERT_THAT(table.trips, SizeIs(2));
  EXPECT_EQ(table.trips[0].route_length, 0U);
  EXPECT_EQ(table.trips[0].from_link, link(the_town(), "N_C"));
  EXPECT_EQ(table.trips[0].to_link, link(the_town(), "E_J1"));
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_FALSE(problems[0].left_out);
  EXPECT_EQ(problems[0].place, "trip u");
}

TEST(SumoRoutes, WhatCannotDriveIsLeftOutWithFileLineAndReason) {
  std::vector<TripProblem> problems;
  const TripTable table = parse(
      "<vehicle id=\"gap\" depart=\"1\"><route edges=\"r1_C E_J1\"/></vehicle>\n"
      "<vehicle id=\"edge\" depart=\"1\"><route edges=\"r1_C Atlantis\"/></vehicle>\n"
      "<vehicle id=\"past\" depart=\"-1\">" +
          a_route +
          "</vehicle>\n"
          "<vehicle id=\"type\" depart=\"1\" type=\"T\">" +
          a_route +
          "</vehicle>\n"
          "<vehicle id=\"when\" depart=\"triggered\">" +
          a_route +
          "</vehicle>\n"
          "<vehicle id=\"name\" depart=\"1\" route=\"R\"/>\n"
          "<vehicle id=\"none\" depart=\"1\"/>\n"
          "<trip id=\"half\" depart=\"1\" from=\"r1_C\"/>\n"
          "<trip id=\"far\" depart=\"1\" from=\"r1_C\" to=\"Atlantis\"/>\n"
          "<vType id=\"tram\" vClass=\"tram\"/>\n"
          "<vehicle id=\"rail\" depart=\"1\" type=\"tram\">" +
          a_route +
          "</vehicle>\n"
          "<vehicle id=\"empty\" depart=\"1\"><route edges=\" \"/></vehicle>\n"
          "<vehicle id=\"good\" depart=\"1\">" +
          a_route + "</vehicle>",
      &problems);
  EXPECT_THAT(table.names, ElementsAre("good"));
  EXPECT_THAT(table.route_links, SizeIs(3)) << "what was left out leaves nothing behind";
  std::vector<std::string> texts;
  for (const TripProblem& problem : problems) {
    EXPECT_TRUE(problem.left_out);
    texts.push_back(to_text(problem));
  }
  EXPECT_THAT(
      texts,
      ElementsAre(HasSubstr("a.rou.xml:2: vehicle gap: its route has a gap: no turn from edge "
                            "'r1_C' to 'E_J1'"),
                  HasSubstr(":3: vehicle edge: edge 'Atlantis' of its route is not in the network"),
                  HasSubstr(":4: vehicle past: departs before 0"),
                  HasSubstr(":5: vehicle type: its type 'T' is not there"),
                  HasSubstr(":6: vehicle when: departs 'triggered', which is no moment"),
                  HasSubstr(":7: vehicle name: its route 'R' is not there"),
                  HasSubstr(":8: vehicle none: has neither a route nor edges"),
                  HasSubstr(":9: trip half: has neither a route nor edges"),
                  HasSubstr(":10: trip far: edge 'Atlantis' is not in the network"),
                  HasSubstr(":12: vehicle rail: its type 'tram' is of class 'tram', which does not "
                            "drive on roads"),
                  HasSubstr(":13: vehicle empty: its route has no edges")));
}

TEST(SumoRoutes, WhatIsNotTakenIsSaidOnceWithItsNumber) {
  std::vector<TripProblem> problems;
  parse(
      "<person id=\"p\" depart=\"0\"><walk edges=\"r1_C\"/></person>"
      "<person id=\"q\" depart=\"0\"><walk edges=\"r1_C\"/></person>"
      "<vehicle id=\"v\" depart=\"1\">" +
          a_route + "<param key=\"k\" value=\"w\"/></vehicle>",
      &problems);
  std::vector<std::string> texts;
  for (const TripProblem& problem : problems)
    texts.push_back(problem.place + ": " + problem.reason);
  EXPECT_THAT(texts, ElementsAre("<person>: not taken: 2 in all"));
}

TEST(SumoRoutes, FilesWithTheRootsThatSumosToolsWriteAreRead) {
  const ScratchFolder folder;
  std::vector<TripProblem> problems;
  const auto path =
      folder.write("a.add.xml", "<add><tlLogic id=\"x\"/><vehicle id=\"v\" depart=\"1\">" +
                                    a_route + "</vehicle></add>");
  EXPECT_EQ(read_sumo_routes(path, the_town(), &problems).trips.size(), 1U);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].place, "<tlLogic>");
}

TEST(SumoRoutes, AFlowSpreadsItsVehicles) {
  const auto departures = [](const std::string& attributes) {
    return moments(parse("<flow id=\"f\" " + attributes + ">" + a_route + "</flow>"));
  };
  EXPECT_THAT(departures("begin=\"10\" end=\"20\" number=\"4\""), ElementsAre(10, 12.5, 15, 17.5));
  EXPECT_THAT(departures("begin=\"0\" end=\"10\" period=\"4\""), ElementsAre(0, 4, 8));
  EXPECT_THAT(departures("begin=\"0\" end=\"8\" period=\"4\""), ElementsAre(0, 4));
  EXPECT_THAT(departures("begin=\"0\" end=\"7\" vehsPerHour=\"1200\""), ElementsAre(0, 3, 6));
  EXPECT_THAT(departures("begin=\"5\" number=\"3\" period=\"2\""), ElementsAre(5, 7, 9));
  EXPECT_THAT(departures("begin=\"0\" end=\"9\" number=\"0\""), IsEmpty());
  const TripTable named = parse("<flow id=\"f\" end=\"9\" number=\"2\" from=\"r1_C\" to=\"C_E\"/>");
  EXPECT_THAT(named.names, ElementsAre("f.0", "f.1"));
}

TEST(SumoRoutes, AFlowByChanceIsThatOfTheSeed) {
  const std::string chance =
      "<flow id=\"f\" begin=\"0\" end=\"10000\" probability=\"0.2\">" + a_route + "</flow>";
  const auto once = moments(parse(chance, nullptr, {.seed = 1}));
  EXPECT_EQ(once, moments(parse(chance, nullptr, {.seed = 1})));
  EXPECT_NE(once, moments(parse(chance, nullptr, {.seed = 2})));
  // 2,000 wanted; five standard deviations of a binomial are 200.
  EXPECT_NEAR(static_cast<double>(once.size()), 2000, 200);
  const auto poisson = moments(
      parse("<flow id=\"f\" begin=\"0\" end=\"10000\" period=\"exp(0.2)\">" + a_route + "</flow>"));
  EXPECT_NEAR(static_cast<double>(poisson.size()), 2000, 225);
  EXPECT_TRUE(std::ranges::is_sorted(poisson));
}

TEST(SumoRoutes, AFlowOfNoStatedSizeIsLeftOut) {
  for (const char* attributes :
       {"begin=\"0\" end=\"9\"", "begin=\"9\" end=\"0\" number=\"3\"",
        "begin=\"-1\" end=\"9\" number=\"3\"", "begin=\"0\" end=\"9\" probability=\"2\"",
        "begin=\"0\" end=\"9\" number=\"-5\"", "begin=\"0\" period=\"2\" number=\"-5\"",
        "begin=\"0\" end=\"9\" number=\"1e18\"", "begin=\"0\" end=\"9\" period=\"1e-300\"",
        "begin=\"0\" end=\"9\" period=\"0\"", "begin=\"now\" end=\"9\" number=\"3\""}) {
    std::vector<TripProblem> problems;
    const TripTable table =
        parse(std::string("<flow id=\"f\" ") + attributes + ">" + a_route + "</flow>", &problems);
    EXPECT_THAT(table.trips, IsEmpty()) << attributes;
    EXPECT_THAT(problems, SizeIs(1)) << attributes;
  }
}

TEST(SumoRoutes, DrawsFromDistributionsKeepTheirShares) {
  std::vector<TripProblem> problems;
  const TripTable table = parse(
      "<vTypeDistribution id=\"D\"><vType id=\"a\" probability=\"3\"/>"
      "<vType id=\"b\" vClass=\"bus\" probability=\"1\"/></vTypeDistribution>"
      "<route id=\"p\" edges=\"r1_C C_E\"/><route id=\"q\" edges=\"r1_C C_N\"/>"
      "<routeDistribution id=\"Q\" routes=\"p q\" probabilities=\"0.5 0.5\"/>"
      "<flow id=\"f\" type=\"D\" route=\"Q\" begin=\"0\" end=\"1000\" number=\"4000\"/>",
      &problems);
  EXPECT_THAT(problems, IsEmpty());
  const auto buses = std::ranges::count_if(table.trips, [&](const TripRow& trip) {
    return table.types[trip.type].kind == VehicleKind::bus;
  });
  const auto left = std::ranges::count_if(
      table.trips, [&](const TripRow& trip) { return trip.to_link == link(the_town(), "C_N"); });
  EXPECT_NEAR(static_cast<double>(buses), 1000, 140);
  EXPECT_NEAR(static_cast<double>(left), 2000, 160);
}

TEST(SumoRoutes, OfTheAlternativesOfARouterTheLastChosenIsTaken) {
  const TripTable table = parse(
      "<vehicle id=\"v\" depart=\"0\"><routeDistribution last=\"1\">"
      "<route cost=\"9\" probability=\"0.9\" edges=\"r1_C C_E\"/>"
      "<route cost=\"8\" probability=\"0.1\" edges=\"r1_C C_N\"/></routeDistribution></vehicle>");
  EXPECT_THAT(route(table, 0), ElementsAre("r1_C", "C_N"));
}

TEST(SumoRoutes, ATypeSaysWhatVehicleAndDriverAreLike) {
  const TripTable table = parse(
      "<vType id=\"t\" vClass=\"truck\" length=\"9\" width=\"2.2\" minGap=\"3\" maxSpeed=\"20\" "
      "speedFactor=\"normc(0.9,0.05,0.2,2)\" accel=\"1\" decel=\"3.5\" sigma=\"0.2\" tau=\"1.4\"/>"
      "<vType id=\"s\" speedFactor=\"1.1\" speedDev=\"0\"/>"
      "<vType id=\"m\" vClass=\"motorcycle\"/>");
  const VehicleType& truck = table.types.at(0);
  EXPECT_EQ(truck.id, "t");
  EXPECT_EQ(truck.kind, VehicleKind::lorry);
  EXPECT_DOUBLE_EQ(truck.length_m, 9);
  EXPECT_DOUBLE_EQ(truck.width_m, 2.2);
  EXPECT_DOUBLE_EQ(truck.gap_m, 3);
  EXPECT_DOUBLE_EQ(truck.top_speed_mps, 20);
  EXPECT_DOUBLE_EQ(truck.speed_factor, 0.9);
  EXPECT_DOUBLE_EQ(truck.speed_deviation, 0.05);
  EXPECT_DOUBLE_EQ(truck.acceleration_mps2, 1);
  EXPECT_DOUBLE_EQ(truck.deceleration_mps2, 3.5);
  EXPECT_DOUBLE_EQ(truck.imperfection, 0.2);
  EXPECT_DOUBLE_EQ(truck.reaction_s, 1.4);
  EXPECT_DOUBLE_EQ(truck.room_pcu, 12 / 7.5);
  EXPECT_FALSE(truck.narrow);
  EXPECT_DOUBLE_EQ(table.types.at(1).speed_factor, 1.1);
  EXPECT_DOUBLE_EQ(table.types.at(1).speed_deviation, 0);
  const VehicleType& motorcycle = table.types.at(2);
  EXPECT_TRUE(motorcycle.narrow);
  EXPECT_DOUBLE_EQ(motorcycle.length_m, 2.2) << "SUMO's own";
  EXPECT_LT(motorcycle.room_pcu, 0.6);
}

TEST(SumoRoutes, SumosOwnCarIsOneCar) {
  const TripTable table = parse("<vehicle id=\"v\" depart=\"0\">" + a_route + "</vehicle>");
  const VehicleType& car = table.types.at(0);
  EXPECT_DOUBLE_EQ(car.room_pcu, 1);
  EXPECT_DOUBLE_EQ(car.flow_pcu, 1);
  EXPECT_DOUBLE_EQ(car.speed_deviation, 0.1);
  EXPECT_DOUBLE_EQ(car.top_speed_mps, 200 / 3.6);
}

TEST(SumoRoutes, WhatIsNoFileOfTripsIsRefused) {
  const ScratchFolder folder;
  const auto refused = [&](const std::string& text) {
    const auto path = folder.write("b.rou.xml", text);
    return message_of<FileError>([&] { read_sumo_routes(path, the_town()); });
  };
  EXPECT_THAT(refused("<net/>"), HasSubstr("b.rou.xml:1: holds no trips"));
  EXPECT_THAT(refused("<routes>\n<vehicle depart=\"1\"/></routes>"),
              HasSubstr(":2: <vehicle> has no 'id'"));
  EXPECT_THAT(refused("<routes><vType id=\"a\" length=\"0\"/></routes>"),
              HasSubstr("'length' of vType 'a' is 0"));
  EXPECT_THAT(refused("<routes><vType id=\"a\" length=\"1e300\"/></routes>"),
              HasSubstr("'length' of vType 'a' is 1e300"));
  EXPECT_THAT(refused("<routes><vType id=\"a\" speedFactor=\"0\"/></routes>"),
              HasSubstr("'speedFactor' of vType 'a' is not between 0 and 10"));
  EXPECT_THAT(refused("<routes><vType id=\"a\" speedFactor=\"uniform(1,2)\"/></routes>"),
              HasSubstr("neither a number nor norm(c)"));
  EXPECT_THAT(refused("<routes><vType id=\"a\"/>\n<vType id=\"a\"/></routes>"),
              HasSubstr(":2: vType 'a' is there twice"));
  EXPECT_THAT(refused("<routes>\n<vehicle id=\"a\" depart=\"1\">"), HasSubstr("no element found"));
}

}  // namespace
}  // namespace kontwin::traffic::testing
