// What the roads of a world become as a traffic network.
#include "scenarios/traffic/world_network.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/traffic/traffic_run.hpp"

namespace kontwin::testing {
namespace {

using traffic::network_of;

/// A crossing 1 of roads both ways to 0 in the west, 2 in the east and 3 in the north; links 2 i to
/// the crossing and 2 i + 1 from it.
WorldParts crossing() {
  WorldParts parts = empty_parts();
  for (const LocalPoint place : {LocalPoint{0, 0}, {500, 0}, {1000, 0}, {500, 500}}) {
    junction(parts, place);
  }
  for (const std::uint32_t arm : {0U, 2U, 3U}) {
    const std::uint32_t in = link(parts, arm, 1, 10, 1800);
    const std::uint32_t out = link(parts, 1, arm, 10, 1800);
    parts.roads.opposite[in] = out;
    parts.roads.opposite[out] = in;
  }
  return parts;
}
constexpr std::uint32_t from_west = 0, to_west = 1, to_east = 3, to_north = 5;

TEST(WorldNetwork, HasEveryTurnThatTheWorldDoesNotForbid) {
  WorldParts parts = crossing();
  const auto free = network_of(*World::seal(parts));
  const auto lorry = traffic::bit_of(traffic::VehicleKind::lorry);
  parts.roads.forbidden_turns = {{from_west, to_east, lorry},
                                 {from_west, to_north, traffic::all_vehicles}};
  const auto network = network_of(*World::seal(parts));
  EXPECT_EQ(network->turns(), free->turns() - 1);
  EXPECT_NE(free->find_turn(from_west, to_north), no_row);
  EXPECT_EQ(network->find_turn(from_west, to_north), no_row);
  EXPECT_NE(network->find_turn(from_west, to_west), no_row);
  const std::uint32_t onwards = network->find_turn(from_west, to_east);
  ASSERT_NE(onwards, no_row);
  EXPECT_EQ(network->turn_allowed[onwards], traffic::all_vehicles & ~lorry);
}

TEST(WorldNetwork, VehiclesGoRoundATurnThatIsForbidden) {
  WorldParts parts = crossing();
  parts.roads.forbidden_turns = {{from_west, to_north, traffic::all_vehicles}};
  TrafficRun run(branch_of(World::seal(std::move(parts))));
  run.send(0, 3, 20, 10);
  run.run(20);
  // Over the crossing to the east, where they turn back.
  EXPECT_EQ(run.engine.balances()[0].left, 20);
  for (const TripOutcome& trip : run.engine.take_outcomes()) {
    // 1 km more than straight, at 10 m/s.
    const double depart_s = 10.0 * static_cast<double>(trip.traveller);
    EXPECT_GT(to_seconds(trip.at - run.branch.start) - depart_s, 195);
  }
}

}  // namespace
}  // namespace kontwin::testing
