#include <gtest/gtest.h>

#include "tests/scenarios/traffic/network/arms.hpp"

namespace kontwin::traffic::testing {
namespace {

using enum JunctionControl;

TEST(RightOfWay, OnACrossingTheRoadOfHigherPriorityGoesFirst) {
  const auto network = crossing(priority).seal();
  for (const char* turn : {"SN", "SW", "NS", "NE"}) {
    EXPECT_TRUE(gives_way(*network, turn, "WE")) << turn;
    EXPECT_FALSE(gives_way(*network, "WE", turn)) << turn;
  }
  EXPECT_FALSE(gives_way(*network, "SE", "EW")) << "they do not meet";
  EXPECT_TRUE(gives_way(*network, "SE", "WE")) << "they merge";
  EXPECT_TRUE(network->goes_first[over(*network, "WE")] != 0);
}

TEST(RightOfWay, ALeftTurnGivesWayToOncomingTraffic) {
  const auto network = crossing(priority).seal();
  EXPECT_TRUE(gives_way(*network, "WN", "EW"));
  EXPECT_TRUE(gives_way(*network, "WN", "EN"));
  EXPECT_FALSE(gives_way(*network, "EW", "WN"));
  EXPECT_FALSE(gives_way(*network, "WN", "ES")) << "left turns pass before one another";
  EXPECT_TRUE(gives_way(*network, "SW", "NS"));
}

TEST(RightOfWay, TurnsOfOneLinkDoNotWaitForOneAnother) {
  const auto network = crossing(all_stop, 2).seal();
  EXPECT_FALSE(gives_way(*network, "WN", "WE"));
  EXPECT_FALSE(gives_way(*network, "WE", "WS"));
}

TEST(RightOfWay, OnEqualRoadsOneGivesWayToTheRight) {
  const auto network = crossing(right_first, 1, false).seal();
  // Who comes from the west has the south to the right.
  EXPECT_TRUE(gives_way(*network, "WE", "SN"));
  EXPECT_FALSE(gives_way(*network, "SN", "WE"));
  EXPECT_TRUE(gives_way(*network, "SN", "EW"));
  EXPECT_TRUE(gives_way(*network, "EW", "NS"));
  EXPECT_TRUE(gives_way(*network, "NS", "WE"));
  EXPECT_TRUE(gives_way(*network, "WN", "EW")) << "and to oncoming traffic where one turns left";
  EXPECT_FALSE(gives_way(*network, "EW", "WN"));
}

TEST(RightOfWay, OnTheLeftEverythingIsMirrored) {
  Drawing drawing = crossing(right_first, 1, false);
  drawing.parts.drives_on_right = false;
  const auto network = drawing.seal();
  EXPECT_TRUE(gives_way(*network, "WE", "NS"));
  EXPECT_FALSE(gives_way(*network, "WE", "SN"));
  EXPECT_TRUE(gives_way(*network, "WS", "EW")) << "the turn across the others is that to the right";
  EXPECT_FALSE(gives_way(*network, "WN", "EW"));
  EXPECT_FALSE(gives_way(*network, "WN", "SN") && gives_way(*network, "SN", "WN"));
}

TEST(RightOfWay, AtATTheStemGivesWay) {
  Drawing drawing = crossing(priority);
  std::erase_if(drawing.parts.links,
                [](const LinkPart& link) { return link.id == "NX" || link.id == "XN"; });
  const auto network = drawing.seal();
  EXPECT_TRUE(gives_way(*network, "SW", "WE"));
  EXPECT_TRUE(gives_way(*network, "SW", "EW"));
  EXPECT_TRUE(gives_way(*network, "SW", "ES"));
  EXPECT_TRUE(gives_way(*network, "SE", "WE"));
  EXPECT_FALSE(gives_way(*network, "SE", "EW"));
  EXPECT_TRUE(gives_way(*network, "ES", "WE"));
  EXPECT_EQ(network->gives_way_to(over(*network, "WE")).size(), 0U);
  EXPECT_EQ(network->gives_way_to(over(*network, "EW")).size(), 0U);
}

TEST(RightOfWay, WhereNobodyIsToldToNobodyGivesWay) {
  const auto network = crossing(unregulated).seal();
  EXPECT_TRUE(network->give_way.empty());
}

TEST(RightOfWay, AtAnAllWayStopAllWhoseWaysMeetGiveWayToEachOther) {
  const auto network = crossing(all_stop).seal();
  EXPECT_TRUE(gives_way(*network, "WE", "SN"));
  EXPECT_TRUE(gives_way(*network, "SN", "WE"));
  EXPECT_TRUE(gives_way(*network, "WE", "NE"));
  EXPECT_FALSE(gives_way(*network, "WE", "EW"));
  EXPECT_FALSE(gives_way(*network, "WS", "NS") && !gives_way(*network, "NS", "WS"));
}

TEST(RightOfWay, WhoComesInFromARampGivesWay) {
  Drawing drawing;
  drawing.junction("A", -200, 0);
  drawing.junction("R", -200, -40);
  drawing.junction("X", 0, 0);
  drawing.junction("B", 200, 0);
  drawing.link("A", "X", 5, 2);
  drawing.link("R", "X", 1);
  drawing.link("X", "B", 5, 2);
  const auto network = drawing.seal();
  EXPECT_TRUE(gives_way(*network, "RB", "AB"));
  EXPECT_FALSE(gives_way(*network, "AB", "RB"));
}

/// A roundabout of four junctions, driven round leftwards, with an arm at each.
Drawing ring(bool on_right) {
  Drawing drawing;
  drawing.parts.drives_on_right = on_right;
  const std::vector<std::pair<double, double>> corners{{20, 0}, {0, 20}, {-20, 0}, {0, -20}};
  const std::string inner = "EXWS";
  const std::string outer = "enws";
  for (std::size_t i = 0; i < 4; ++i) {
    const auto [x, y] = corners[i];
    drawing.junction(inner.substr(i, 1), x, y, roundabout);
    drawing.junction(outer.substr(i, 1), 10 * x, 10 * y);
  }
  for (std::size_t i = 0; i < 4; ++i) {
    const std::string here = inner.substr(i, 1);
    const std::string next = inner.substr((i + (on_right ? 1 : 3)) % 4, 1);
    drawing.link(here, next);
    drawing.both(outer.substr(i, 1), here);
  }
  return drawing;
}

TEST(RightOfWay, WhoComesIntoARoundaboutGivesWayToThoseInIt) {
  for (const bool on_right : {true, false}) {
    const auto network = ring(on_right).seal();
    // X is the northern corner; one comes to it in the ring from the east, on the left the west.
    const std::string in_it = on_right ? "EW" : "WE";
    const std::string coming_in = on_right ? "nW" : "nE";
    EXPECT_TRUE(gives_way(*network, coming_in, in_it)) << on_right;
    EXPECT_FALSE(gives_way(*network, in_it, coming_in)) << on_right;
  }
}

TEST(RightOfWay, WhatIsKnownIsMeantAsItStands) {
  Drawing drawing = crossing(priority);
  const auto side = drawing.turn("SX", "XN");
  const auto main = drawing.turn("WX", "XE");
  drawing.turn("EX", "XW");
  drawing.turn("NX", "XS");
  drawing.parts.turns[main].right_of_way_known = true;
  drawing.parts.turns[main].gives_way_to = {side};
  drawing.parts.turns[side].right_of_way_known = true;
  const auto network = drawing.seal();
  EXPECT_TRUE(gives_way(*network, "WE", "SN"));
  EXPECT_FALSE(gives_way(*network, "SN", "WE"));
  EXPECT_TRUE(gives_way(*network, "NS", "WE")) << "the others are found as ever";
}

TEST(RightOfWay, ALineThatEndsWithAPointTwiceKeepsItsHeading) {
  Drawing drawing = crossing(priority);
  auto& shape = drawing.parts.links[drawing.link_row("SX")].shape;
  shape = {{0, -100}, {0, 0}, {0, 0}};
  drawing.parts.links[drawing.link_row("XN")].shape = {{0, 0}, {0, 0}, {0, 100}};
  const auto network = drawing.seal();
  EXPECT_NEAR(network->turn_angle[over(*network, "SN")], 0, 1e-6);
  EXPECT_TRUE(gives_way(*network, "SN", "WE"));
  EXPECT_TRUE(gives_way(*network, "SN", "EW"));
}

}  // namespace
}  // namespace kontwin::traffic::testing
