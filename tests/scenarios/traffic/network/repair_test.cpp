#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/scenarios/traffic/network/arms.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::message_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

/// A road from A over B to C, both ways.
Drawing road() {
  Drawing drawing;
  drawing.junction("A", 0, 0);
  drawing.junction("B", 300, 400);
  drawing.junction("C", 300, 900);
  drawing.both("A", "B");
  drawing.both("B", "C");
  return drawing;
}

TEST(NetworkRepair, NothingIsMendedInASoundNetwork) {
  std::vector<Repair> repairs;
  const auto network = road().seal(&repairs);
  EXPECT_THAT(repairs, IsEmpty());
  EXPECT_EQ(network->links(), 4U);
  EXPECT_DOUBLE_EQ(network->length_m[0], 500);
  EXPECT_EQ(network->opposite[0], 1U);
}

TEST(NetworkRepair, ALengthThatIsNotAboveZeroBecomesThatOfTheShape) {
  Drawing drawing = road();
  drawing.parts.links[0].length_m = 0;
  drawing.parts.links[1].length_m = -3;
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_DOUBLE_EQ(network->length_m[0], 500);
  EXPECT_DOUBLE_EQ(network->length_m[1], 500);
  EXPECT_THAT(rules(repairs), ElementsAre(Pair("zero length", 2)));
  EXPECT_EQ(repairs[0].place, "link AB");
}

TEST(NetworkRepair, ALinkBetweenJunctionsAtOnePlaceIsAMetreLong) {
  Drawing drawing = road();
  drawing.parts.junctions[1].place = drawing.parts.junctions[0].place;
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_DOUBLE_EQ(network->length_m[0], 1);
  EXPECT_EQ(network->lane_storage[0], 100);
  EXPECT_THAT(rules(repairs), ElementsAre(Pair("zero length", 2)));
}

TEST(NetworkRepair, SpeedsLanesAndCapacitiesThatCannotBeGetDefaults) {
  Drawing drawing = road();
  drawing.parts.links[0].free_speed_mps = LinkPart::unknown;
  drawing.parts.links[1].lanes = 0;
  drawing.parts.links[2].lanes = 40;
  drawing.parts.links[3].lane_capacity_pcph = -1;
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_DOUBLE_EQ(network->free_speed_mps[0], 30 / 3.6);
  EXPECT_EQ(network->lanes_of(1), 1U);
  EXPECT_EQ(network->lanes_of(2), 16U);
  EXPECT_DOUBLE_EQ(network->lane_capacity_pcph[3], lane_capacity_pcph(50 / 3.6));
  EXPECT_THAT(rules(repairs),
              ElementsAre(Pair("no capacity", 1), Pair("no lanes", 2), Pair("no speed", 1)));
}

TEST(NetworkRepair, NumbersThatWouldRunOverAreHeld) {
  Drawing drawing = road();
  drawing.parts.links[0].length_m = 1e300;
  drawing.parts.links[1].free_speed_mps = 1e-300;
  drawing.parts.links[2].free_speed_mps = 1e300;
  drawing.parts.links[3].lane_capacity_pcph = 1e-300;
  drawing.parts.links[3].lane_width_m = LinkPart::unknown;
  drawing.parts.junctions[0].place.x_m = 1e308;
  drawing.parts.links[1].length_m = LinkPart::unknown;
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_DOUBLE_EQ(network->length_m[0], 1e6);
  EXPECT_LE(network->length_m[1], 1e6);
  EXPECT_DOUBLE_EQ(network->free_speed_mps[1], 0.1);
  EXPECT_DOUBLE_EQ(network->free_speed_mps[2], 300);
  EXPECT_DOUBLE_EQ(network->lane_capacity_pcph[3], 1);
  EXPECT_DOUBLE_EQ(network->lane_width_m[3], 3.5);
  EXPECT_GE(rules(repairs)["out of range"], 4);
}

TEST(NetworkRepair, ALinkThatLetsInNobodyIsKept) {
  Drawing drawing = road();
  drawing.parts.links[2].allowed = 0;
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_EQ(network->links(), 4U);
  EXPECT_EQ(network->allowed[2], 0);
  EXPECT_THAT(rules(repairs), ElementsAre(Pair("no one allowed", 1)));
}

TEST(NetworkRepair, TurnsOfLinksThatDoNotMeetAndTurnsNamedTwiceAreDropped) {
  Drawing drawing = road();
  drawing.turn("AB", "BC");
  drawing.turn("CB", "BA");
  drawing.turn("AB", "BC");
  drawing.turn("AB", "CB");
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_THAT(rules(repairs), ElementsAre(Pair("turn of other links", 2)));
  EXPECT_NE(network->find_turn(drawing.link_row("AB"), drawing.link_row("BC")), no_row);
  EXPECT_EQ(network->find_turn(drawing.link_row("AB"), drawing.link_row("CB")), no_row);
}

TEST(NetworkRepair, AJunctionWithoutTurnsGetsAllButThoseBack) {
  const auto network = crossing().seal();
  EXPECT_NE(over(*network, "WE"), no_row);
  EXPECT_NE(over(*network, "WN"), no_row);
  EXPECT_EQ(over(*network, "WW"), no_row);
  // The end of an arm has no way on but back.
  EXPECT_NE(network->find_turn(*network->find_link("XE"), *network->find_link("EX")), no_row);
}

TEST(NetworkRepair, ALinkThatLeadsNowhereWhereOthersDoTurnsBack) {
  Drawing drawing = crossing();
  drawing.turn("WX", "XE");
  drawing.turn("EX", "XW");
  drawing.turn("NX", "XS");
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_NE(over(*network, "SS"), no_row);
  EXPECT_EQ(over(*network, "SN"), no_row);
  EXPECT_THAT(rules(repairs), ElementsAre(Pair("dead end", 1)));
  EXPECT_EQ(repairs[0].place, "link SX");
}

TEST(NetworkRepair, WithNoWayBackEveryTurnIsTaken) {
  Drawing drawing = crossing();
  std::erase_if(drawing.parts.links, [](const LinkPart& link) { return link.id == "XS"; });
  drawing.turn("WX", "XE");
  drawing.turn("EX", "XW");
  drawing.turn("NX", "XW");
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  for (const char* turn : {"SN", "SE", "SW"}) EXPECT_NE(over(*network, turn), no_row) << turn;
  EXPECT_THAT(repairs.back().done, HasSubstr("all turns"));
}

TEST(NetworkRepair, LanesThatTheLinkDoesNotHaveAreDropped) {
  Drawing drawing = crossing(JunctionControl::priority, 2);
  drawing.turn("WX", "XE", 0b111);
  drawing.turn("WX", "XN", 0b100);
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_EQ(network->turn_lanes[over(*network, "WE")], 0b11U);
  EXPECT_EQ(network->turn_lanes[over(*network, "WN")], 0b10U);  // by its angle: the innermost
  EXPECT_EQ(rules(repairs).at("lanes of a turn"), 2);
}

TEST(NetworkRepair, ALaneWithNoTurnLeadsWhereTheOneBesideItDoes) {
  Drawing drawing = crossing(JunctionControl::priority, 3);
  drawing.turn("WX", "XE", 0b010);
  drawing.turn("WX", "XS", 0b001);
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_EQ(network->turn_lanes[over(*network, "WE")], 0b110U);
  EXPECT_EQ(network->turn_lanes[over(*network, "WS")], 0b001U);
  EXPECT_EQ(rules(repairs).at("lanes of a turn"), 1);
}

TEST(NetworkRepair, WhatCannotBeMendedIsRefused) {
  const auto refused = [](auto spoil) {
    Drawing drawing = road();
    spoil(drawing.parts);
    return message_of([&] { drawing.seal(); });
  };
  EXPECT_THAT(refused([](NetworkParts& parts) { parts.links.clear(); }), HasSubstr("no links"));
  EXPECT_THAT(refused([](NetworkParts& parts) { parts.links[1].id = "AB"; }),
              HasSubstr("link AB is there twice"));
  EXPECT_THAT(refused([](NetworkParts& parts) { parts.junctions[1].id = "A"; }),
              HasSubstr("junction A is there twice"));
  EXPECT_THAT(refused([](NetworkParts& parts) { parts.links[1].to = 7; }),
              HasSubstr("link BA starts or ends at a junction not there"));
  EXPECT_THAT(refused([](NetworkParts& parts) {
                parts.turns.push_back({0, 9, 0, {}, false});
              }),
              HasSubstr("a turn names a link that is not there"));
  EXPECT_THAT(refused([](NetworkParts& parts) {
                parts.turns.push_back({0, 2, 0, {5}, true});
              }),
              HasSubstr("gives way to one that is not there"));
  EXPECT_THAT(refused([](NetworkParts& parts) {
                parts.signals.push_back({"K", SignalKind::fixed, 0, {4}, {}});
              }),
              HasSubstr("signal K rules a turn that is not there"));
  EXPECT_THAT(refused([](NetworkParts& parts) {
                parts.turns.push_back({0, 2, 0, {}, false});
                parts.signals.push_back({"K", SignalKind::fixed, 0, {0}, {{10, 5, 60, {}}}});
              }),
              HasSubstr("signal K has a stage with 0 aspects for 1 turns"));
}

TEST(NetworkRepair, AtItsCapacityALaneIsFullOfVehiclesAndHoles) {
  // Newell's triangle: storage = capacity x (time to drive + time of the hole). At any speed, so
  // that the default capacity is what a lane really passes.
  for (const double speed_mps : {3.0, 50 / 3.6, 30.0}) {
    Drawing drawing = road();
    drawing.parts.links[0].free_speed_mps = speed_mps;
    const auto network = drawing.seal();
    const double there_and_back_s = 500 / speed_mps + seconds(network->lane_hole_delay[0]);
    const double passes_pcph = network->lane_storage[0] / 100.0 / there_and_back_s * 3600;
    EXPECT_NEAR(passes_pcph, network->lane_capacity_pcph[0], 1) << speed_mps;
  }
}

TEST(NetworkRepair, WavesOfACapacityBeyondTheJamDensityRunBackAsFastAsVehiclesDrive) {
  Drawing drawing = road();
  drawing.parts.links[0].lane_capacity_pcph = 1e5;
  const auto network = drawing.seal();
  EXPECT_EQ(network->lane_hole_delay[0], to_micros(500 / (50 / 3.6)));
}

}  // namespace
}  // namespace kontwin::traffic::testing
