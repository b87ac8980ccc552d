#include "scenarios/traffic/network/lane_kinds.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/traffic/network/arms.hpp"

namespace kontwin::traffic::testing {
namespace {

constexpr VehicleKinds buses = bit_of(VehicleKind::bus);
constexpr VehicleKinds others = all_vehicles & ~unsigned{buses};

std::uint32_t row(const Network& network, const char* link) { return *network.find_link(link); }

TEST(LaneKinds, LanesLetInWhomTheirLinkDoesWhereNothingElseIsSaid) {
  Drawing drawing = crossing(JunctionControl::priority, 2);
  drawing.parts.links[drawing.link_row("WX")].allowed = buses;
  const auto network = drawing.seal();
  for (const std::uint32_t lane : {0U, 1U}) {
    EXPECT_EQ(network->lane_kinds[network->lane_begin[row(*network, "WX")] + lane], buses);
    EXPECT_EQ(network->lane_kinds[network->lane_begin[row(*network, "EX")] + lane], all_vehicles);
  }
}

TEST(LaneKinds, ALaneThatIsSaidKeepsItsKindsAndThoseBeyondTheListAreOpen) {
  Drawing drawing = crossing(JunctionControl::priority, 3);
  drawing.parts.links[drawing.link_row("WX")].lane_kinds = {buses};
  const auto network = drawing.seal();
  const auto kinds =
      std::span(network->lane_kinds).subspan(network->lane_begin[row(*network, "WX")], 3);
  EXPECT_EQ(kinds[0], buses);
  EXPECT_EQ(kinds[1], all_vehicles);
  EXPECT_EQ(kinds[2], all_vehicles);
}

TEST(LaneKinds, AKindThatNoLaneLetsInMayNotDriveIn) {
  Drawing drawing = crossing();
  drawing.parts.links[drawing.link_row("WX")].lane_kinds = {buses};
  drawing.parts.links[drawing.link_row("EX")].lane_kinds = {0};
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_EQ(network->allowed[row(*network, "WX")], buses);
  EXPECT_EQ(network->allowed[row(*network, "EX")], 0);
  EXPECT_EQ(rules(repairs)["no one allowed"], 1);
}

TEST(LaneKinds, WhomNoLaneOfATurnLetsInMakesItFromTheNearestOne) {
  // Outwards from a bus lane on the right: cars make the turn from the lane beside it.
  Drawing drawing = crossing(JunctionControl::priority, 3);
  drawing.parts.links[drawing.link_row("WX")].lane_kinds = {buses, others, others};
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_EQ(network->turn_lanes[over(*network, "WS")], 0b011U);
  EXPECT_EQ(network->turn_lanes[over(*network, "WE")], 0b011U);
  // Buses turn across from the bus lane.
  EXPECT_EQ(network->turn_lanes[over(*network, "WN")], 0b101U);
  EXPECT_EQ(rules(repairs)["lanes of a turn"], 2);
}

TEST(LaneKinds, TheNearestLaneIsTheOuterOneOfTwo) {
  const std::array<VehicleKinds, 5> kinds{others, others, buses, others, others};
  EXPECT_EQ(lanes_for_all(0b00100, kinds, all_vehicles), 0b00110U);
  EXPECT_EQ(lanes_for_all(0b10000, kinds, all_vehicles), 0b10100U);
  EXPECT_EQ(lanes_for_all(0b10000, kinds, others), 0b10000U);
  EXPECT_EQ(lanes_for(VehicleKind::bus, kinds), 0b00100U);
}

}  // namespace
}  // namespace kontwin::traffic::testing
