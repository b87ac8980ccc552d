// Turns that relations of OpenStreetMap forbid, as a world keeps them.
#include "scenarios/traffic/network/vehicle_kind.hpp"
#include "tests/io/import/osm_xml.hpp"

namespace kontwin::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A road 1-2-3 to the east, which way 10 is all of, and way 11 from 2 to 12 in the north.
OsmXml crossing() {
  return OsmXml()
      .nodes(1, 3)
      .node_at(12, 2, 1, "")
      .way(10, {1, 2, 3}, "highway=primary")
      .way(11, {2, 12}, "highway=primary");
}

class OsmTurns : public Osm {
 protected:
  /// `from>over>to kinds` of each forbidden turn.
  std::vector<std::string> forbidden() const {
    std::vector<std::string> found;
    const std::vector<std::string> names = links();
    for (const ForbiddenTurn& turn : parts_.roads.forbidden_turns) {
      const std::string& next = names[turn.to];
      found.push_back(names[turn.from] + next.substr(next.find('>')) + " " +
                      std::to_string(turn.kinds));
    }
    return found;
  }
};

TEST_F(OsmTurns, TurnsThatRelationsForbidAreKept) {
  import(crossing()
             .relation(1, {"way 10 from", "node 2 via", "way 11 to"},
                       "type=restriction|restriction=no_left_turn")
             .relation(2, {"way 11 from", "node 2 via", "way 10 to"},
                       "type=restriction|restriction=only_right_turn|except=psv"));
  ASSERT_THAT(links(), ElementsAre("1>2", "2>1", "2>3", "3>2", "2>12", "12>2"));
  // From the west no left turn for anybody; from the north to the west alone, which is a right
  // turn.
  const std::string all = std::to_string(traffic::all_vehicles);
  const std::string not_buses =
      std::to_string(traffic::all_vehicles & ~traffic::bit_of(traffic::VehicleKind::bus));
  EXPECT_THAT(forbidden(),
              ElementsAre("1>2>12 " + all, "12>2>3 " + not_buses, "12>2>12 " + not_buses));
  EXPECT_EQ(report_.counted("turn restrictions"), 2U);
}

TEST_F(OsmTurns, RulesAboutOneTurnBecomeOne) {
  import(crossing()
             .relation(1, {"way 10 from", "node 2 via", "way 11 to"},
                       "type=restriction|restriction:hgv=no_left_turn")
             .relation(2, {"way 10 from", "node 2 via", "way 11 to"},
                       "type=restriction|restriction:motorcycle=no_left_turn"));
  const int kinds = traffic::bit_of(traffic::VehicleKind::lorry) |
                    traffic::bit_of(traffic::VehicleKind::motorbike);
  EXPECT_THAT(forbidden(), ElementsAre("1>2>12 " + std::to_string(kinds)));
}

TEST_F(OsmTurns, RulesThatAWorldDoesNotCarryAreTold) {
  import(crossing()
             .relation(1, {"way 10 from", "way 11 via", "way 10 to"},
                       "type=restriction|restriction=no_u_turn")
             .relation(2, {"way 10 from", "node 2 via", "way 11 to"},
                       "type=restriction|restriction:conditional=no_left_turn @ (07:00-09:00)")
             .relation(3, {"way 10 from", "node 3 via", "way 11 to"},
                       "type=restriction|restriction=no_left_turn")
             .relation(4, {"way 10 from", "node 2 via", "way 10 to"},
                       "type=restriction|restriction=no_straight_on")
             .relation(5, {"way 10 from"}, "type=restriction|restriction=no_left_turn"));
  EXPECT_TRUE(parts_.roads.forbidden_turns.empty());
  EXPECT_EQ(report_.counted("turn restrictions"), 0U);
  EXPECT_EQ(report_.counted("turn restrictions at times"), 1U);
  EXPECT_EQ(report_.counted("turn restrictions left out"), 4U);
  EXPECT_THAT(report_.messages(),
              AllOf(Contains(HasSubstr("relation 1: its ways do not follow each other")),
                    Contains(HasSubstr("relation 2: 'restriction:conditional=no_left_turn @ "
                                       "(07:00-09:00)' left out: no moment is given")),
                    Contains(HasSubstr("relation 3: no roads of it meet at node 3")),
                    Contains(HasSubstr("relation 4: it is not clear which turn is meant"))));
}

/// Two one-way roads, 20 from 1 to 3 and 21 from 6 to 4 north of it, and 22 from 2 to 5 between.
OsmXml dual_carriageway() {
  return OsmXml()
      .nodes(1, 3)
      .node_at(4, 1, 1, "")
      .node_at(5, 2, 1, "")
      .node_at(6, 3, 1, "")
      .way(20, {1, 2, 3}, "highway=primary|oneway=yes")
      .way(21, {6, 5, 4}, "highway=primary|oneway=yes")
      .way(22, {2, 5}, "highway=secondary|oneway=yes")
      .relation(1, {"way 20 from", "way 22 via", "way 21 to"},
                "type=restriction|restriction=no_u_turn");
}

TEST_F(OsmTurns, ARuleOverAWayThatNobodyElseDrivesIntoIsThatOfItsLastTurn) {
  import(dual_carriageway().node_at(8, 2, 2, "").way(24, {5, 8}, "highway=secondary"));
  EXPECT_THAT(forbidden(), ElementsAre("2>5>4 63"));
  EXPECT_EQ(report_.counted("turn restrictions"), 1U);
}

TEST_F(OsmTurns, ARuleOverAWayWithNoOtherWayOutIsThatOfItsFirstTurn) {
  import(dual_carriageway().node_at(7, 2, -1, "").way(23, {7, 2}, "highway=secondary"));
  EXPECT_THAT(forbidden(), ElementsAre("1>2>5 63"));
}

TEST_F(OsmTurns, ARuleOverAWayThatOthersUseTooIsTold) {
  import(dual_carriageway()
             .node_at(7, 2, -1, "")
             .node_at(8, 2, 2, "")
             .way(23, {7, 2}, "highway=secondary")
             .way(24, {5, 8}, "highway=secondary"));
  EXPECT_TRUE(parts_.roads.forbidden_turns.empty());
  EXPECT_EQ(report_.counted("turn restrictions over ways left out"), 1U);
  EXPECT_THAT(report_.messages(), Contains(HasSubstr("relation 1: 'no_u_turn' over ways")));
}

TEST_F(OsmTurns, RulesAtTimesAreThoseOfTheMomentGiven) {
  const auto rules = [](const std::string& tags) {
    return crossing().relation(1, {"way 10 from", "node 2 via", "way 11 to"},
                               "type=restriction|" + tags);
  };
  const OsmOptions morning{.rules_at = parse_instant("2026-11-26T07:30:00+07:00")};  // a Thursday
  import(rules("restriction:conditional=no_left_turn @ (Mo-Fr 07:00-09:00)"), morning);
  EXPECT_THAT(forbidden(), ElementsAre("1>2>12 63"));
  EXPECT_THAT(report_.messages(), Contains(HasSubstr("holds at the moment given")));
  const auto again = [&](const std::string& tags) {
    parts_ = {};
    parts_.frame = LocalFrame(GeoPoint{108, 14.35});
    import(rules(tags), morning);
    return forbidden();
  };
  EXPECT_THAT(again("restriction:conditional=no_left_turn @ (Sa 07:00-09:00)"), ElementsAre());
  EXPECT_THAT(again("restriction=no_left_turn|hour_on=07:00|hour_off=09:00"),
              ElementsAre("1>2>12 63"));
  EXPECT_THAT(again("restriction=no_left_turn|hour_on=17:00|hour_off=19:00"), ElementsAre());
  // What holds now stands in for what holds else, for the vehicles that it is about.
  EXPECT_THAT(again("restriction=no_left_turn|restriction:conditional=none @ (07:00-09:00)"),
              ElementsAre());
  EXPECT_THAT(again("restriction=no_left_turn|restriction:hgv:conditional=none @ (07:00-09:00)"),
              ElementsAre("1>2>12 55"));
  EXPECT_THAT(again("restriction:conditional=no_u_turn @ (22:00-05:00); no_left_turn @ "
                    "(Th 07:00-08:00)"),
              ElementsAre("1>2>12 63"));
  EXPECT_THAT(again("restriction:conditional=no_left_turn @ (weight>5)"), ElementsAre());
  EXPECT_THAT(report_.messages(), Contains(HasSubstr("condition is not understood")));
}

}  // namespace
}  // namespace kontwin::testing
