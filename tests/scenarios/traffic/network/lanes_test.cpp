#include <gtest/gtest.h>

#include "tests/scenarios/traffic/network/arms.hpp"

namespace kontwin::traffic::testing {
namespace {

std::uint32_t lanes(const Network& network, const std::string& arms) {
  return network.turn_lanes[over(network, arms)];
}

TEST(LanesByAngle, OneLaneLeadsEverywhere) {
  const auto network = crossing().seal();
  for (const char* turn : {"WN", "WE", "WS"}) EXPECT_EQ(lanes(*network, turn), 1U) << turn;
}

TEST(LanesByAngle, OfTwoLanesTheInnerOneTurnsAcrossAndBothLeadOn) {
  const auto network = crossing(JunctionControl::priority, 2).seal();
  EXPECT_EQ(lanes(*network, "WN"), 0b10U);
  EXPECT_EQ(lanes(*network, "WE"), 0b11U);
  EXPECT_EQ(lanes(*network, "WS"), 0b01U);
}

TEST(LanesByAngle, OfThreeLanesTheInnermostIsForTurningAcrossAlone) {
  const auto network = crossing(JunctionControl::priority, 3).seal();
  EXPECT_EQ(lanes(*network, "WN"), 0b100U);
  EXPECT_EQ(lanes(*network, "WE"), 0b011U);
  EXPECT_EQ(lanes(*network, "WS"), 0b001U);
}

TEST(LanesByAngle, OnTheLeftTheInnerLaneTurnsRight) {
  Drawing drawing = crossing(JunctionControl::priority, 3);
  drawing.parts.drives_on_right = false;
  const auto network = drawing.seal();
  EXPECT_EQ(lanes(*network, "WS"), 0b100U);
  EXPECT_EQ(lanes(*network, "WE"), 0b011U);
  EXPECT_EQ(lanes(*network, "WN"), 0b001U);
}

TEST(LanesByAngle, WithNothingStraightOnTheLanesAreShared) {
  Drawing drawing = crossing(JunctionControl::priority, 3);
  std::erase_if(drawing.parts.links,
                [](const LinkPart& link) { return link.id == "NX" || link.id == "XN"; });
  const auto network = drawing.seal();
  EXPECT_EQ(lanes(*network, "SW"), 0b110U);
  EXPECT_EQ(lanes(*network, "SE"), 0b001U);
}

TEST(LanesByAngle, LanesThatAreSaidStay) {
  Drawing drawing = crossing(JunctionControl::priority, 3);
  drawing.turn("WX", "XN", 0b110);
  drawing.turn("WX", "XE", 0b001);
  const auto network = drawing.seal();
  EXPECT_EQ(lanes(*network, "WN"), 0b110U);
  EXPECT_EQ(lanes(*network, "WE"), 0b001U);
}

TEST(LanesByAngle, TurnsLieByTheLinksTheyLeaveAndEnter) {
  const auto network = crossing().seal();
  for (std::uint32_t turn = 1; turn < network->turns(); ++turn) {
    EXPECT_LT(std::pair(network->turn_from[turn - 1], network->turn_to[turn - 1]),
              std::pair(network->turn_from[turn], network->turn_to[turn]));
  }
  EXPECT_NEAR(network->turn_angle[over(*network, "WN")], 1.5708, 1e-3);
  EXPECT_NEAR(network->turn_angle[over(*network, "WS")], -1.5708, 1e-3);
}

}  // namespace
}  // namespace kontwin::traffic::testing
