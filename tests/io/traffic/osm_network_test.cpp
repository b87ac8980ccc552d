#include "io/traffic/osm/osm_network.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>

#include "tests/io/traffic/fixture.hpp"
#include "tests/io/traffic/osm_map.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::message_of;
using kontwin::testing::ScratchFolder;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;
using enum VehicleKind;

constexpr VehicleKinds two_wheels = bit_of(motorbike) | bit_of(bicycle);

class OsmNetwork : public ::testing::Test {
 protected:
  void read(const OsmMap& map, const OsmNetworkOptions& options = {}) {
    repairs_.clear();
    network_ = Network::seal(
        read_osm_network(folder_.write("town.osm", map.text()), &repairs_, options), &repairs_);
  }
  std::uint32_t link(std::string_view id) const { return testing::link(*network_, id); }
  std::uint32_t turn(std::string_view from, std::string_view to) const {
    return network_->find_turn(link(from), link(to));
  }
  VehicleKinds may_turn(std::string_view from, std::string_view to) const {
    const std::uint32_t found = turn(from, to);
    return found == no_row ? VehicleKinds{0} : network_->turn_allowed[found];
  }
  JunctionControl control(std::string_view id) const {
    return network_->junction_control[*network_->find_junction(id)];
  }
  std::vector<std::string> told(const std::string& rule) const {
    std::vector<std::string> found;
    for (const Repair& repair : repairs_) {
      if (repair.rule == rule) found.push_back(repair.place + ": " + repair.done);
    }
    return found;
  }

  ScratchFolder folder_;
  std::shared_ptr<const Network> network_;
  std::vector<Repair> repairs_;
};

/// Four roads that meet at node 5: 11 from the west, 12 to the east, 13 from the south, 14 to the
/// north, 200 m each.
OsmMap crossing(const std::string& tags = "highway=secondary", const std::string& middle = {}) {
  OsmMap map;
  map.node(1, -200, 0).node(2, 200, 0).node(3, 0, -200).node(4, 0, 200).node(5, 0, 0, middle);
  map.way(11, {1, 5}, tags).way(12, {5, 2}, tags).way(13, {3, 5}, tags).way(14, {5, 4}, tags);
  return map;
}

TEST_F(OsmNetwork, WaysAreSplitWhereRoadsMeetAndKeepTheirBends) {
  read(OsmMap()
           .node(1, 0, 0)
           .node(2, 100, 50)
           .node(3, 200, 0)
           .node(4, 300, 0)
           .node(5, 200, 200)
           .way(10, {1, 2, 3, 4}, "highway=primary|name=Duy Tân")
           .way(11, {3, 5}, "highway=residential"));
  EXPECT_EQ(network_->links(), 6U);
  EXPECT_EQ(network_->shape_of(link("10#0")).size(), 3U);
  EXPECT_NEAR(network_->length_m[link("10#0")], 2 * std::hypot(100, 50), 0.5);
  EXPECT_EQ(network_->opposite[link("10#0")], link("-10#0"));
  EXPECT_EQ(network_->link_name[link("10#1")], "Duy Tân");
  EXPECT_EQ(control("3"), JunctionControl::priority);
  EXPECT_TRUE(gives_way(*network_, turn("-11#0", "10#1"), turn("10#0", "10#1")));
  EXPECT_THAT(network_->reference.crs, HasSubstr("+lat_0=14.35"));
}

TEST_F(OsmNetwork, LanesAreToldApartByDirection) {
  OsmMap map;
  for (int i = 1; i <= 12; ++i) map.node(i, 100 * i, 0);
  read(map.way(10, {1, 2}, "highway=primary|lanes=4")
           .way(11, {2, 3}, "highway=primary|lanes=3|lanes:backward=1")
           .way(12, {3, 4}, "highway=primary|lanes=5|lanes:both_ways=1")
           .way(13, {4, 5}, "highway=primary|lanes=3")
           .way(14, {5, 6}, "highway=primary|oneway=yes|lanes=3")
           .way(15, {6, 7}, "highway=primary|oneway=yes|turn:lanes=left|through|right"));
  const auto lanes = [this](std::string_view id) { return network_->lanes_of(link(id)); };
  EXPECT_EQ(lanes("10#0"), 2U);
  EXPECT_EQ(lanes("11#0"), 2U);
  EXPECT_EQ(lanes("-11#0"), 1U);
  EXPECT_EQ(lanes("12#0"), 2U);
  EXPECT_EQ(lanes("13#0"), 1U);
  EXPECT_EQ(lanes("14#0"), 3U);
  EXPECT_EQ(lanes("15#0"), 3U);
  EXPECT_THAT(told("odd lanes"), ElementsAre(HasSubstr("1 ways of an odd number")));
}

TEST_F(OsmNetwork, SpeedsAreReadInTheirUnitsAndAssumedByClassAndLaw) {
  OsmMap map;
  for (int i = 1; i <= 12; ++i) map.node(i, 100 * i, 0);
  read(map.way(10, {1, 2}, "highway=trunk|maxspeed=30 mph")
           .way(11, {2, 3}, "highway=trunk|maxspeed:forward=40|maxspeed:backward=50 km/h")
           .way(12, {3, 4}, "highway=service|maxspeed=walk")
           .way(13, {4, 5}, "highway=trunk|source:maxspeed=VN:urban")
           .way(14, {5, 6}, "highway=trunk|source:maxspeed=VN:urban|oneway=yes|lanes=2")
           .way(15, {6, 7}, "highway=tertiary")
           .way(16, {7, 8}, "highway=tertiary|maxspeed=fast"));
  const auto kmh = [this](std::string_view id) { return 3.6 * network_->free_speed_mps[link(id)]; };
  EXPECT_NEAR(kmh("10#0"), 48.28, 0.01);
  EXPECT_NEAR(kmh("11#0"), 40, 0.01);
  EXPECT_NEAR(kmh("-11#0"), 50, 0.01);
  EXPECT_NEAR(kmh("12#0"), 7, 0.01);
  EXPECT_NEAR(kmh("13#0"), 50, 0.01);
  EXPECT_NEAR(kmh("14#0"), 60, 0.01);
  EXPECT_NEAR(kmh("15#0"), 40, 0.01);
  EXPECT_THAT(told("speed assumed"), Contains("2 ways of highway=tertiary: 40 km/h"));
  EXPECT_THAT(told("tag not understood"), ElementsAre("way 16: 'maxspeed=fast' left out"));
}

TEST_F(OsmNetwork, OneWayRoadsRunTheWayTheyAreSigned) {
  OsmMap map;
  for (int i = 1; i <= 12; ++i) map.node(i, 100 * i, 0);
  read(map.way(10, {1, 2}, "highway=primary|oneway=yes")
           .way(11, {3, 4}, "highway=primary|oneway=-1")
           .way(12, {5, 6}, "highway=primary|oneway=reversible")
           .way(13, {7, 8}, "highway=motorway")
           .way(14, {9, 10}, "highway=primary|oneway=yes|oneway:bicycle=no|oneway:motorcycle=no"));
  EXPECT_TRUE(network_->find_link("10#0"));
  EXPECT_FALSE(network_->find_link("-10#0"));
  EXPECT_FALSE(network_->find_link("11#0"));
  EXPECT_TRUE(network_->find_link("-11#0"));
  EXPECT_FALSE(network_->find_link("-12#0"));
  EXPECT_THAT(told("reversible"), ElementsAre("way 12: open along the way only"));
  EXPECT_FALSE(network_->find_link("-13#0"));
  EXPECT_FALSE(contains(network_->allowed[link("13#0")], motorbike));
  EXPECT_EQ(network_->allowed[link("-14#0")], two_wheels);
}

TEST_F(OsmNetwork, TheMoreSpecialKeyOfAccessWins) {
  OsmMap map;
  for (int i = 1; i <= 20; ++i) map.node(i, 100 * i, 0);
  read(map.way(10, {1, 2}, "highway=residential|access=no|bus=yes")
           .way(11, {2, 3}, "highway=residential|motor_vehicle=no|motorcycle=yes")
           .way(12, {3, 4}, "highway=tertiary|hgv=no|motorcycle=no")
           .way(13, {4, 5}, "highway=tertiary|motor_vehicle:backward=no")
           .way(14, {5, 6}, "highway=residential|access=no")
           .way(15, {6, 7}, "highway=residential|access=private"));
  EXPECT_EQ(network_->allowed[link("10#0")], bit_of(bus) | bit_of(ambulance));
  EXPECT_EQ(network_->allowed[link("11#0")], two_wheels);
  EXPECT_EQ(network_->allowed[link("12#0")], all_vehicles & ~bit_of(lorry) & ~bit_of(motorbike));
  EXPECT_EQ(network_->allowed[link("-13#0")], bit_of(bicycle));
  EXPECT_FALSE(network_->find_link("14#0"));
  EXPECT_EQ(network_->allowed[link("15#0")], all_vehicles);
  EXPECT_THAT(told("no road"), ElementsAre("1 ways closed or not built: left out"));
  EXPECT_THAT(told("for some only"), ElementsAre("1 ways of access=private: open to all"));
}

TEST_F(OsmNetwork, MotorbikesUsePathsByAStatedAssumption) {
  OsmMap map;
  for (int i = 1; i <= 20; ++i) map.node(i, 100 * i, 0);
  map.way(9, {19, 20}, "highway=residential")
      .way(10, {1, 2}, "highway=path")
      .way(11, {2, 3}, "highway=path|motorcycle=no")
      .way(12, {3, 4}, "highway=path|sac_scale=hiking")
      .way(13, {4, 5}, "highway=footway")
      .way(14, {5, 6}, "highway=footway|motorcycle=yes")
      .way(15, {6, 7}, "highway=track")
      .way(16, {7, 8}, "highway=path|motor_vehicle=yes");
  read(map);
  EXPECT_EQ(network_->allowed[link("10#0")], two_wheels);
  EXPECT_EQ(network_->allowed[link("11#0")], bit_of(bicycle));
  EXPECT_FALSE(network_->find_link("12#0"));
  EXPECT_FALSE(network_->find_link("13#0"));
  EXPECT_EQ(network_->allowed[link("14#0")], bit_of(motorbike));
  EXPECT_EQ(network_->allowed[link("15#0")], all_vehicles & ~bit_of(bus));
  EXPECT_EQ(network_->allowed[link("16#0")], two_wheels);
  read(map, {.paths_for_motorbikes = false});
  EXPECT_EQ(network_->allowed[link("10#0")], bit_of(bicycle));
}

TEST_F(OsmNetwork, LanesMayBeForSomeOnly) {
  OsmMap map;
  for (int i = 1; i <= 8; ++i) map.node(i, 100 * i, 0);
  read(map.way(10, {1, 2},
               "highway=primary|oneway=yes|lanes=3|vehicle:lanes=||no|"
               "bus:lanes=||designated")
           .way(11, {2, 3}, "highway=primary|oneway=yes|lanes=3|lanes:bus=1")
           .way(12, {3, 4}, "highway=primary|oneway=yes|lanes=2|motorcycle:lanes=no|yes"));
  const auto kinds = [this](std::string_view id) {
    const std::uint32_t row = link(id);
    return std::vector<VehicleKinds>(network_->lane_kinds.begin() + network_->lane_begin[row],
                                     network_->lane_kinds.begin() + network_->lane_begin[row + 1]);
  };
  // The outermost lane comes first.
  EXPECT_EQ(kinds("10#0")[0], bit_of(bus));
  EXPECT_EQ(kinds("10#0")[2], all_vehicles);
  EXPECT_EQ(kinds("11#0")[0], bit_of(bus) | bit_of(ambulance));
  EXPECT_THAT(kinds("12#0"), ElementsAre(all_vehicles, all_vehicles & ~bit_of(motorbike)));
}

TEST_F(OsmNetwork, TurningLanesLeadWhereTheirArrowsPoint) {
  OsmMap map;
  map.node(1, -200, 0).node(2, 200, 0).node(3, 0, -200).node(4, 0, 200).node(5, 0, 0);
  read(map.way(11, {1, 5},
               "highway=primary|oneway=yes|lanes=3|turn:lanes=left|through|through;right")
           .way(12, {5, 2}, "highway=primary")
           .way(13, {5, 3}, "highway=secondary")
           .way(14, {5, 4}, "highway=secondary"));
  EXPECT_EQ(network_->turn_lanes[turn("11#0", "14#0")], 0b100U);
  EXPECT_EQ(network_->turn_lanes[turn("11#0", "12#0")], 0b011U);
  EXPECT_EQ(network_->turn_lanes[turn("11#0", "13#0")], 0b001U);
}

TEST_F(OsmNetwork, ForbiddenAndOnlyTurnsAreKept) {
  read(crossing()
           .relation(1, {"way 11 from", "node 5 via", "way 14 to"},
                     "type=restriction|restriction=no_left_turn")
           .relation(2, {"way 13 from", "node 5 via", "way 14 to"},
                     "type=restriction|restriction=only_straight_on")
           .relation(3, {"way 12 from", "node 5 via", "way 13 to"},
                     "type=restriction|restriction:conditional=no_left_turn @ (07:00-09:00)"));
  EXPECT_EQ(turn("11#0", "14#0"), no_row);
  EXPECT_NE(turn("11#0", "12#0"), no_row);
  EXPECT_NE(turn("11#0", "-13#0"), no_row);
  EXPECT_NE(turn("13#0", "14#0"), no_row);
  EXPECT_EQ(turn("13#0", "12#0"), no_row);
  EXPECT_EQ(turn("13#0", "-11#0"), no_row);
  EXPECT_NE(turn("-12#0", "-13#0"), no_row);
  EXPECT_THAT(told("rule at times"), ElementsAre(HasSubstr("relation 3")));
}

TEST_F(OsmNetwork, ARuleHoldsForTheKindsItNames) {
  read(crossing()
           .relation(1, {"way 11 from", "node 5 via", "way 14 to"},
                     "type=restriction|restriction=no_left_turn|except=bus;bicycle")
           .relation(2, {"way 13 from", "node 5 via", "way 14 to"},
                     "type=restriction|restriction:hgv=no_straight_on"));
  EXPECT_EQ(may_turn("11#0", "14#0"), bit_of(bus) | bit_of(bicycle));
  EXPECT_EQ(may_turn("13#0", "14#0"), all_vehicles & ~bit_of(lorry));
}

TEST_F(OsmNetwork, ARuleOverAWayHoldsForThoseWhoComeThatWayOnly) {
  // Two parallel one-way roads, 100 up and 101 down, with a link 102 between them on which one must
  // not turn back; 103 leads into it from aside.
  OsmMap map;
  map.node(1, 0, -200).node(2, 0, 0).node(3, 0, 200).node(4, -20, 200).node(5, -20, 0);
  map.node(6, -20, -200).node(7, 200, 0).node(8, -200, 0);
  read(map.way(100, {1, 2, 3}, "highway=primary|oneway=yes")
           .way(101, {4, 5, 6}, "highway=primary|oneway=yes")
           .way(102, {2, 5}, "highway=secondary|oneway=yes")
           .way(103, {7, 2}, "highway=secondary")
           .way(104, {5, 8}, "highway=secondary")
           .relation(9, {"way 100 from", "way 102 via", "way 101 to"},
                     "type=restriction|restriction=no_u_turn"));
  EXPECT_EQ(turn("100#0", "102#0"), no_row);
  ASSERT_TRUE(network_->find_link("102#0~9"));
  EXPECT_NE(turn("100#0", "102#0~9"), no_row);
  EXPECT_EQ(turn("102#0~9", "101#1"), no_row);
  EXPECT_NE(turn("102#0~9", "104#0"), no_row);
  EXPECT_NE(turn("103#0", "102#0"), no_row);
  EXPECT_NE(turn("102#0", "101#1"), no_row);
  EXPECT_EQ(turn("103#0", "102#0~9"), no_row);
}

TEST_F(OsmNetwork, NoEntryOverAWayIsForEachOfTheRoadsThatComeIn) {
  // 11 and 12 both lead over 13 into 14, which neither may take there; 15 leads on as well.
  OsmMap map;
  map.node(1, -200, 100).node(2, -200, -100).node(3, 0, 0).node(4, 200, 0).node(5, 400, 0);
  map.node(6, 200, 200).node(7, 0, 200);
  read(map.way(11, {1, 3}, "highway=primary|oneway=yes")
           .way(12, {2, 3}, "highway=primary|oneway=yes")
           .way(13, {3, 4}, "highway=primary|oneway=yes")
           .way(14, {4, 5}, "highway=primary|oneway=yes")
           .way(15, {4, 6}, "highway=primary|oneway=yes")
           .way(16, {7, 3}, "highway=primary|oneway=yes")
           .relation(9, {"way 11 from", "way 12 from", "way 13 via", "way 14 to"},
                     "type=restriction|restriction=no_entry"));
  for (const char* from : {"11#0", "12#0"}) EXPECT_EQ(turn(from, "13#0"), no_row) << from;
  EXPECT_NE(turn("16#0", "13#0"), no_row);
  EXPECT_NE(turn("13#0", "14#0"), no_row);
  EXPECT_EQ(turn("13#0~9", "14#0"), no_row);
  EXPECT_NE(turn("13#0~9", "15#0"), no_row);
}

TEST_F(OsmNetwork, RulesAtTimesAreThoseOfTheMomentGivenAndListed) {
  const OsmMap map = crossing().relation(
      3, {"way 12 from", "node 5 via", "way 13 to"},
      "type=restriction|restriction:conditional=no_left_turn @ (Mo-Fr 07:00-09:00)");
  OsmNetworkOptions options;
  options.rules_at = LocalMoment{.weekday = 3, .minute = 7 * 60 + 30};
  read(map, options);
  EXPECT_EQ(turn("-12#0", "-13#0"), no_row);
  EXPECT_THAT(told("rule at times"), ElementsAre(HasSubstr("holds at the moment given")));
  options.rules_at = LocalMoment{.weekday = 6, .minute = 7 * 60 + 30};
  read(map, options);
  EXPECT_NE(turn("-12#0", "-13#0"), no_row);
  EXPECT_THAT(told("rule at times"), ElementsAre(HasSubstr("does not hold")));
}

TEST_F(OsmNetwork, RulesThatCannotBeReadAreListed) {
  read(crossing()
           .relation(1, {"way 11 from", "node 1 via", "way 14 to"},
                     "type=restriction|restriction=no_left_turn")
           .relation(2, {"way 11 from", "node 5 via"}, "type=restriction|restriction=no_left_turn")
           .relation(3, {"way 11 from", "node 5 via", "way 14 to"},
                     "type=restriction|restriction=maybe"));
  EXPECT_THAT(told("restriction"), ElementsAre(HasSubstr("relation 2"), HasSubstr("relation 3"),
                                               HasSubstr("relation 1")));
}

TEST_F(OsmNetwork, LightsBeforeAJunctionAreItsSignal) {
  OsmMap map = crossing();
  map.node(6, 20, 0, "highway=traffic_signals|traffic_signals:direction=backward")
      .node(7, 400, 0)
      .node(8, 600, 0, "highway=traffic_signals")
      .node(9, 800, 0)
      .way(15, {5, 6, 7}, "highway=secondary")
      .way(16, {7, 8, 9}, "highway=secondary");
  read(map);
  ASSERT_EQ(network_->signals.size(), 1U);
  EXPECT_EQ(network_->signals[0].id, "5");
  EXPECT_EQ(control("5"), JunctionControl::signal);
  EXPECT_EQ(network_->signals[0].stages.size(), 4U);
  EXPECT_DOUBLE_EQ(seconds(network_->signals[0].cycle), 90);
  EXPECT_THAT(told("lights away"), ElementsAre(HasSubstr("node 8")));
  EXPECT_THAT(told("stages assumed"), ElementsAre(HasSubstr("1 signals")));
}

TEST_F(OsmNetwork, LightsAtACrossingWithAPathAreOfTheStreetsBehindIt) {
  // From the west: a light where a cycle path crosses, one before a drive, and the junction.
  OsmMap map = crossing();
  map.node(31, -240, 0, "highway=traffic_signals")
      .node(32, -240, 80)
      .node(33, -240, -80)
      .node(34, -215, 0)
      .node(35, -215, 60)
      .node(36, -400, 0)
      .node(37, -400, 90)
      .node(38, -800, 0, "highway=traffic_signals")
      .node(39, -800, 70)
      .node(40, -800, -70)
      .node(41, -1000, 0)
      .node(42, -200, 150)
      .way(30, {41, 38, 36, 31, 34, 1}, "highway=secondary")
      .way(31, {32, 31, 33}, "highway=cycleway")
      .way(32, {34, 35}, "highway=service")
      .way(33, {36, 37}, "highway=residential")
      .way(34, {39, 38, 40}, "highway=cycleway")
      .way(35, {1, 42}, "highway=secondary");
  read(map);
  ASSERT_EQ(network_->signals.size(), 1U);
  EXPECT_EQ(network_->signals[0].id, "1") << "not the path, nor the drive on the way";
  EXPECT_EQ(control("31"), JunctionControl::priority);
  EXPECT_EQ(control("34"), JunctionControl::priority);
  EXPECT_THAT(told("lights away"), ElementsAre(HasSubstr("node 38")))
      << "a light for those on foot alone";
}

TEST_F(OsmNetwork, ALightBeforeADriveIsItsSignalWhereNoStreetIsNear) {
  OsmMap map;
  map.node(1, 0, 0)
      .node(2, 300, 0)
      .node(3, 600, 0)
      .node(4, 300, 90)
      .node(5, 280, 0, "highway=traffic_signals");
  read(map.way(10, {1, 5, 2, 3}, "highway=primary").way(11, {2, 4}, "highway=service"));
  ASSERT_EQ(network_->signals.size(), 1U);
  EXPECT_EQ(network_->signals[0].id, "2");
}

TEST_F(OsmNetwork, LanesAndSpeedsThatArePassedOverAreThoseOfTheRoadBeforeAndBehind) {
  OsmMap map;
  for (int i = 1; i <= 9; ++i) map.node(i, 100 * i, 0);
  for (int i = 11; i <= 14; ++i) map.node(i, 100 * i, 500);
  const std::string one_way = "highway=primary|name=A|oneway=yes";
  read(map.way(10, {1, 2}, one_way)
           .way(11, {2, 3}, one_way + "|lanes=3|maxspeed=50")
           .way(12, {3, 4}, one_way)
           .way(13, {4, 5}, one_way)
           .way(14, {5, 6}, one_way + "|lanes=2|maxspeed=50")
           .way(15, {6, 7}, "highway=primary|name=B|oneway=yes")
           .way(16, {7, 8}, "highway=primary|name=B|oneway=yes|lanes=2|maxspeed=70")
           .way(17, {8, 9}, "highway=primary|name=B|oneway=yes|maxspeed=30")
           // Two ways, the middle piece drawn the other way round, and one that ends.
           .way(20, {11, 12}, "highway=tertiary|lanes=3|lanes:forward=2|lanes:backward=1")
           .way(21, {13, 12}, "highway=tertiary")
           .way(22, {13, 14}, "highway=tertiary|lanes:forward=2|lanes:backward=2"));
  const auto lanes = [&](std::string_view id) { return network_->lanes_of(link(id)); };
  const auto kmh = [&](std::string_view id) { return network_->free_speed_mps[link(id)] * 3.6; };
  EXPECT_EQ(lanes("12#0"), 2U) << "the fewer of both sides, past a piece that does not tell";
  EXPECT_EQ(lanes("13#0"), 2U);
  EXPECT_EQ(lanes("10#0"), 2U) << "told of on one side alone: two at most";
  EXPECT_EQ(lanes("15#0"), 2U) << "of the same name alone";
  EXPECT_NEAR(kmh("12#0"), 50, 0.01);
  EXPECT_NEAR(kmh("15#0"), 60, 0.01) << "told of on one side alone";
  EXPECT_NEAR(kmh("17#0"), 30, 0.01);
  EXPECT_EQ(lanes("21#0"), 1U) << "against the piece before and the piece behind";
  EXPECT_EQ(lanes("-21#0"), 2U);
  EXPECT_THAT(told("lanes assumed"),
              UnorderedElementsAre("5 ways of highway=primary: as many as the road has before and "
                                   "behind",
                                   "1 ways of highway=tertiary: as many as the road has before "
                                   "and behind"));
}

TEST_F(OsmNetwork, AQueueLetGoLeavesAsFastAsTheManualCountsWhateverTheClass) {
  read(crossing("highway=residential").way(15, {1, 3}, "highway=secondary"));
  EXPECT_NEAR(network_->lane_capacity_pcph[link("11#0")], 1824, 0.1);
  EXPECT_NEAR(network_->lane_capacity_pcph[link("15#0")], 1900, 0.1);
}

TEST_F(OsmNetwork, RoadsOfAClassThatMergeGoOneAfterTheOtherAndNobodyGivesWay) {
  OsmMap map;
  map.node(1, 0, 0).node(2, 0, -60).node(3, 300, 0).node(4, 600, 0);
  read(map.way(10, {1, 3}, "highway=primary|oneway=yes")
           .way(11, {2, 3}, "highway=primary|oneway=yes")
           .way(12, {3, 4}, "highway=primary|oneway=yes"));
  EXPECT_EQ(control("3"), JunctionControl::unregulated);
  EXPECT_TRUE(network_->give_way.empty());
}

TEST_F(OsmNetwork, ASlipRoadOntoAMotorwayMergesUnlessASignSaysOtherwise) {
  for (const bool sign : {false, true}) {
    OsmMap map;
    map.node(1, 0, 0).node(2, 0, -60).node(3, 300, 0).node(4, 600, 0);
    map.node(5, 280, -4, sign ? "highway=give_way" : "");
    read(map.way(10, {1, 3}, "highway=motorway")
             .way(11, {2, 5, 3}, "highway=motorway_link")
             .way(12, {3, 4}, "highway=motorway"));
    EXPECT_EQ(gives_way(*network_, turn("11#0", "12#0"), turn("10#0", "12#0")), sign);
    EXPECT_FALSE(gives_way(*network_, turn("10#0", "12#0"), turn("11#0", "12#0")));
  }
}

TEST_F(OsmNetwork, AMainRoadThatEndsAtItsLikeGivesWayAndAStreetThatDoesIsGivenWayToFromTheRight) {
  for (const bool main_road : {true, false}) {
    OsmMap map;
    map.node(1, -200, 0).node(2, 0, 0).node(3, 200, 0).node(4, 0, -200);
    const std::string tags = main_road ? "highway=tertiary" : "highway=residential";
    read(map.way(10, {1, 2, 3}, tags).way(11, {4, 2}, tags));
    EXPECT_EQ(control("2"), main_road ? JunctionControl::priority : JunctionControl::right_first);
    EXPECT_EQ(gives_way(*network_, turn("10#0", "10#1"), turn("11#0", "-10#0")), !main_road);
    EXPECT_EQ(gives_way(*network_, turn("11#0", "-10#0"), turn("10#0", "10#1")), main_road);
  }
}

TEST_F(OsmNetwork, TheLightsOfACrossingOfDualCarriagewaysAreOneSignal) {
  OsmMap map;
  map.node(1, -6, 200).node(2, -6, -200).node(3, 6, -200).node(4, 6, 200);
  map.node(5, 200, 6).node(6, -200, 6).node(7, -200, -6).node(8, 200, -6);
  const std::string light = "highway=traffic_signals";
  map.node(11, -6, 6, light).node(12, -6, -6, light).node(13, 6, -6, light).node(14, 6, 6, light);
  read(map.way(20, {1, 11, 12, 2}, "highway=primary|oneway=yes|lanes=2")
           .way(21, {3, 13, 14, 4}, "highway=primary|oneway=yes|lanes=2")
           .way(22, {5, 14, 11, 6}, "highway=secondary|oneway=yes")
           .way(23, {7, 12, 13, 8}, "highway=secondary|oneway=yes"));
  ASSERT_EQ(network_->signals.size(), 1U);
  EXPECT_EQ(told("lights joined").size(), 3U);
  // North and south have green together; between the carriageways nobody is held.
  const Signal& signal = network_->signals[0];
  const auto green = [&](std::string_view from, std::string_view to) {
    const auto at = std::ranges::find(signal.turns, turn(from, to)) - signal.turns.begin();
    return signal.stages[0].aspects[static_cast<std::size_t>(at)] != Aspect::red;
  };
  EXPECT_TRUE(green("20#0", "20#1"));
  EXPECT_TRUE(green("21#0", "21#1"));
  EXPECT_FALSE(green("22#0", "22#1"));
  EXPECT_EQ(network_->turn_signal[turn("20#1", "20#2")], no_row);
  EXPECT_TRUE(network_->gives_way_to(turn("20#1", "20#2")).empty());
}

TEST_F(OsmNetwork, LightsWithAJunctionBetweenThemAreOneSignalAndNobodyIsHeldTwice) {
  OsmMap map;
  map.node(1, -6, 200).node(2, -6, -200).node(3, 6, -200).node(4, 6, 200);
  map.node(5, 200, 6).node(6, -200, 6).node(7, -200, -6).node(8, 200, -6);
  const std::string light = "highway=traffic_signals";
  map.node(11, -6, 6, light).node(12, -6, -6).node(13, 6, -6, light).node(14, 6, 6);
  read(map.way(20, {1, 11, 12, 2}, "highway=primary|oneway=yes")
           .way(21, {3, 13, 14, 4}, "highway=primary|oneway=yes")
           .way(22, {5, 14, 11, 6}, "highway=primary|oneway=yes")
           .way(23, {7, 12, 13, 8}, "highway=primary|oneway=yes"));
  ASSERT_EQ(network_->signals.size(), 1U);
  EXPECT_EQ(told("lights joined").size(), 1U);
  for (const auto& [from, to] : {std::pair("20#1", "20#2"), std::pair("20#1", "23#1"),
                                 std::pair("23#1", "23#2"), std::pair("21#1", "21#2")}) {
    EXPECT_EQ(network_->turn_signal[turn(from, to)], no_row) << from;
    EXPECT_TRUE(network_->gives_way_to(turn(from, to)).empty()) << from;
  }
  EXPECT_NE(network_->turn_signal[turn("20#0", "20#1")], no_row);
}

TEST_F(OsmNetwork, ALightWithNobodyAcrossIsGreenForMostOfItsCycle) {
  OsmMap map;
  map.node(1, -200, 0).node(2, 0, 0, "highway=traffic_signals").node(3, 200, 0).node(4, 200, 80);
  read(map.way(10, {1, 2}, "highway=primary|oneway=yes")
           .way(11, {2, 3}, "highway=primary|oneway=yes")
           .way(12, {2, 4}, "highway=secondary|oneway=yes"));
  ASSERT_EQ(network_->signals.size(), 1U);
  EXPECT_NEAR(seconds(network_->signals[0].stages[0].duration), 0.7 * 90 - 4, 1e-6);
}

TEST_F(OsmNetwork, SignsLowerThePriorityOfTheirRoad) {
  OsmMap map = crossing();
  map.node(6, 30, 0, "highway=give_way|direction=backward")
      .node(7, 400, 0)
      .way(15, {5, 6, 7}, "highway=secondary");
  read(map);
  EXPECT_EQ(control("5"), JunctionControl::priority);
  EXPECT_LT(network_->priority[link("-15#0")], network_->priority[link("11#0")]);
  EXPECT_EQ(network_->priority[link("15#0")], network_->priority[link("11#0")]);
}

TEST_F(OsmNetwork, EqualRoadsGiveWayToTheRightAndRoundaboutsToThoseInIt) {
  OsmMap map = crossing("highway=residential");
  map.node(21, 420, 0).node(22, 450, 30).node(23, 480, 0).node(24, 450, -30).node(25, 700, 0);
  read(map.way(15, {2, 21}, "highway=residential")
           .way(16, {21, 24, 23, 22, 21}, "highway=residential|junction=roundabout")
           .way(17, {23, 25}, "highway=residential"));
  EXPECT_EQ(control("5"), JunctionControl::right_first);
  EXPECT_EQ(control("21"), JunctionControl::roundabout);
  EXPECT_FALSE(network_->find_link("-16#0"));
  EXPECT_TRUE(gives_way(*network_, turn("15#0", "16#0"), turn("16#1", "16#0")));
}

TEST_F(OsmNetwork, WhoCannotPassABarrierHasToTurnBack) {
  OsmMap map = crossing("highway=residential");
  map.node(6, 300, 0, "barrier=bollard").node(7, 400, 0).way(15, {2, 6, 7}, "highway=residential");
  read(map);
  EXPECT_EQ(network_->allowed[link("15#0")], two_wheels);
  EXPECT_EQ(network_->turn_allowed[turn("12#0", "-12#0")], all_vehicles & ~two_wheels);
  EXPECT_THAT(told("barrier"), ElementsAre(HasSubstr("node 6: way 15 is closed there")));
}

TEST_F(OsmNetwork, WaysAreCutWhereNodesAreMissing) {
  OsmMap map;
  map.node(1, 0, 0).node(2, 100, 0).node(3, 200, 0).node(4, 300, 0);
  read(map.way(10, {1, 2, 77, 3, 4, 78}, "highway=primary").way(11, {1, 79}, "highway=primary"));
  EXPECT_EQ(network_->links(), 4U);
  EXPECT_THAT(told("missing node"),
              ElementsAre("way 10: cut at node 77 and 1 more", HasSubstr("way 11")));
  EXPECT_THAT(told("no road"), ElementsAre(HasSubstr("way 11: left out")));
}

TEST_F(OsmNetwork, FilesWithoutRoadsAndFilesCutShortAreRefused) {
  const auto refused = [this](const std::string& text) {
    const auto path = folder_.write("bad.osm", text);
    return message_of<FileError>([&] { read_osm_network(path, nullptr); });
  };
  EXPECT_THAT(refused("<osm version=\"0.6\"></osm>"), HasSubstr("holds no roads for vehicles"));
  EXPECT_THAT(refused(OsmMap().node(1, 0, 0).way(2, {1}, "highway=footway").text()),
              HasSubstr("holds no roads for vehicles"));
  EXPECT_THAT(refused(OsmMap().way(2, {1, 3}, "highway=primary").text()),
              HasSubstr("whose places it holds"));
  const std::string whole = crossing().text();
  EXPECT_THAT(refused(whole.substr(0, whole.size() / 2)), HasSubstr("not valid OSM XML"));
  EXPECT_THAT(refused(""), HasSubstr("bad.osm"));
}

TEST_F(OsmNetwork, OfARuleThatIsUsedOftenTheFirstAreListedAndTheRestCounted) {
  OsmMap map;
  for (int i = 0; i < 600; ++i) map.node(i + 1, 10 * i, 0);
  for (int i = 0; i < 300; ++i) {
    map.way(1000 + i, {2 * i + 1, 2 * i + 2}, "highway=service|maxspeed=quick");
  }
  read(map);
  EXPECT_EQ(told("tag not understood").size(), 201U);
  EXPECT_EQ(told("tag not understood").back(), "100 more: the same");
}

}  // namespace
}  // namespace kontwin::traffic::testing
