// Lights, signs, who goes first, and what is assumed of lanes.
#include <gmock/gmock.h>

#include "tests/io/traffic/osm_fixture.hpp"

namespace kontwin::traffic::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

using OsmControls = OsmNetwork;

TEST_F(OsmControls, LightsBeforeAJunctionAreItsSignal) {
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

TEST_F(OsmControls, LightsAtACrossingWithAPathAreOfTheStreetsBehindIt) {
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

TEST_F(OsmControls, ALightBeforeADriveIsItsSignalWhereNoStreetIsNear) {
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

TEST_F(OsmControls, LanesAndSpeedsThatArePassedOverAreThoseOfTheRoadBeforeAndBehind) {
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

TEST_F(OsmControls, AQueueLetGoLeavesAsFastAsTheManualCountsWhateverTheClass) {
  read(crossing("highway=residential").way(15, {1, 3}, "highway=secondary"));
  EXPECT_NEAR(network_->lane_capacity_pcph[link("11#0")], 1824, 0.1);
  EXPECT_NEAR(network_->lane_capacity_pcph[link("15#0")], 1900, 0.1);
}

TEST_F(OsmControls, RoadsOfAClassThatMergeGoOneAfterTheOtherAndNobodyGivesWay) {
  OsmMap map;
  map.node(1, 0, 0).node(2, 0, -60).node(3, 300, 0).node(4, 600, 0);
  read(map.way(10, {1, 3}, "highway=primary|oneway=yes")
           .way(11, {2, 3}, "highway=primary|oneway=yes")
           .way(12, {3, 4}, "highway=primary|oneway=yes"));
  EXPECT_EQ(control("3"), JunctionControl::unregulated);
  EXPECT_TRUE(network_->give_way.empty());
}

TEST_F(OsmControls, ASlipRoadOntoAMotorwayMergesUnlessASignSaysOtherwise) {
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

TEST_F(OsmControls, AMainRoadThatEndsAtItsLikeGivesWayAndAStreetThatDoesIsGivenWayToFromTheRight) {
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

TEST_F(OsmControls, TheLightsOfACrossingOfDualCarriagewaysAreOneSignal) {
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

TEST_F(OsmControls, LightsWithAJunctionBetweenThemAreOneSignalAndNobodyIsHeldTwice) {
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

TEST_F(OsmControls, ALightWithNobodyAcrossIsGreenForMostOfItsCycle) {
  OsmMap map;
  map.node(1, -200, 0).node(2, 0, 0, "highway=traffic_signals").node(3, 200, 0).node(4, 200, 80);
  read(map.way(10, {1, 2}, "highway=primary|oneway=yes")
           .way(11, {2, 3}, "highway=primary|oneway=yes")
           .way(12, {2, 4}, "highway=secondary|oneway=yes"));
  ASSERT_EQ(network_->signals.size(), 1U);
  EXPECT_NEAR(seconds(network_->signals[0].stages[0].duration), 0.7 * 90 - 4, 1e-6);
}

TEST_F(OsmControls, SignsLowerThePriorityOfTheirRoad) {
  OsmMap map = crossing();
  map.node(6, 30, 0, "highway=give_way|direction=backward")
      .node(7, 400, 0)
      .way(15, {5, 6, 7}, "highway=secondary");
  read(map);
  EXPECT_EQ(control("5"), JunctionControl::priority);
  EXPECT_LT(network_->priority[link("-15#0")], network_->priority[link("11#0")]);
  EXPECT_EQ(network_->priority[link("15#0")], network_->priority[link("11#0")]);
}

TEST_F(OsmControls, EqualRoadsGiveWayToTheRightAndRoundaboutsToThoseInIt) {
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

}  // namespace
}  // namespace kontwin::traffic::testing
