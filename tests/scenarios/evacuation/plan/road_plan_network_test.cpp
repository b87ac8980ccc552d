#include "scenarios/evacuation/plan/road_plan_network.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/evacuation/plan/road_closures.hpp"
#include "scenarios/evacuation/plan/route_planner.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::testing {
namespace {

using namespace evacuation;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// Both directions of a road.
std::uint32_t both_ways(WorldParts& parts, std::uint32_t a, std::uint32_t b, double speed_mps,
                        double capacity_vph) {
  const std::uint32_t there = link(parts, a, b, speed_mps, capacity_vph);
  const std::uint32_t back = link(parts, b, a, speed_mps, capacity_vph);
  parts.roads.opposite[there] = back;
  parts.roads.opposite[back] = there;
  return there;
}

/// 0 - 1 - 2 - 3 in a row, with a lane from 1 to nowhere (4).
WorldParts row_of_roads() {
  WorldParts parts = empty_parts(100, 20);
  for (const double x_m : {0.0, 600.0, 1000.0, 2000.0}) junction(parts, {x_m, 100});
  junction(parts, {600, 400});
  both_ways(parts, 0, 1, 10, 1800);  // roads 0, 1
  both_ways(parts, 1, 2, 8, 450);    // 2, 3
  both_ways(parts, 2, 3, 25, 1800);  // 4, 5
  both_ways(parts, 1, 4, 10, 900);   // 6, 7
  return parts;
}

TEST(RoadPlanNetwork, JoinsRoadsInARowAndLeavesOutTheOneThatLeadsNowhere) {
  const auto world = World::seal(row_of_roads());
  const StateTable state(*world);
  const std::vector<std::uint32_t> ends{0, 3, no_row};
  const auto made = road_plan_network(*world, state, ends, {});
  EXPECT_EQ(made.junction, (std::vector<std::uint32_t>{0, 3}));
  ASSERT_EQ(made.timed.arcs(), 2U);
  EXPECT_EQ(std::vector<std::uint32_t>(made.roads_of(0).begin(), made.roads_of(0).end()),
            (std::vector<std::uint32_t>{0, 2, 4}));
  EXPECT_EQ(made.opposite, (std::vector<std::uint32_t>{1, 0}));
  EXPECT_EQ(made.narrowest[0], 2U);
  EXPECT_NEAR(made.timed.capacity_ps[0], 100 * 450.0 / 3600, 1e-3);
  EXPECT_NEAR(made.timed.travel_s[0], 60 + 50 + 1000 / (60 / 3.6), 1e-6);
  EXPECT_NEAR(made.fastest_s[0], 60 + 50 + 1000 / (80 / 3.6), 1e-6);
  EXPECT_EQ(made.timed.last_entry_s[0], never_s);
}

TEST(RoadPlanNetwork, ARowCanBeEnteredAsLongAsNoneOfItsRoadsClosesOnTheWay) {
  const auto world = World::seal(row_of_roads());
  const StateTable state(*world);
  std::vector<double> closes_s(world->roads().links(), infinite);
  closes_s[2] = 1000;  // left after 60 + 50 s
  closes_s[4] = 1020;  // left after 60 + 50 + 60 s
  const std::vector<std::uint32_t> ends{0, 3};
  const auto made = road_plan_network(*world, state, ends, {.closes_s = closes_s});
  EXPECT_NEAR(made.timed.last_entry_s[0], 1020 - 170, 1e-6);
  EXPECT_NEAR(made.fastest_last_entry_s[0], 1020 - 155, 1e-6);
  EXPECT_EQ(made.timed.last_entry_s[1], never_s);
  const Incidence in(made.timed, Incidence::Side::in);
  const std::uint32_t goal = made.node_of[3];
  const auto last = last_departures(made.timed, in, std::span(&goal, 1));
  EXPECT_NEAR(last.at_s[made.node_of[0]], 850, 1e-6);
  EXPECT_EQ(last.at_s[goal], never_s);
}

TEST(RoadPlanNetwork, AClosedRoadIsNoWay) {
  const auto world = World::seal(row_of_roads());
  StateTable state(*world);
  state.at({Kind::road, 2}, road_column::open) = 0;
  const std::vector<std::uint32_t> ends{0, 3};
  const auto made = road_plan_network(*world, state, ends, {});
  ASSERT_EQ(made.timed.arcs(), 1U);
  EXPECT_EQ(made.timed.from[0], made.node_of[3]);
  EXPECT_EQ(made.opposite[0], no_row);
}

TEST(RoadPlanNetwork, WaterThatAMotorbikeDoesNotPassKeepsItOutOfRoutesButNotOutOfTheBound) {
  const auto world = World::seal(row_of_roads());
  StateTable state(*world);
  state.at({Kind::road, 2}, common_column::water_depth_m) = 0.25;
  const std::vector<std::uint32_t> ends{0, 3};
  using traffic::VehicleKind;
  const auto kinds = static_cast<traffic::VehicleKinds>(traffic::bit_of(VehicleKind::motorbike) |
                                                        traffic::bit_of(VehicleKind::car));
  const auto made = road_plan_network(*world, state, ends, {.kinds = kinds});
  ASSERT_EQ(made.timed.arcs(), 2U);
  EXPECT_EQ(made.timed.capacity_ps[0], 0);
  EXPECT_GT(made.any_capacity_ps[0], 0);
  EXPECT_GT(made.timed.capacity_ps[1], 0);
}

/// 0 - 1 - 2 with 3 off the middle; who comes from 0 may not turn to 3, except lorries.
WorldParts forbidden_corner() {
  WorldParts parts = empty_parts(100, 40);
  for (const double x_m : {0.0, 600.0, 1200.0}) junction(parts, {x_m, 100});
  junction(parts, {600, 700});
  both_ways(parts, 0, 1, 10, 1800);  // roads 0, 1
  both_ways(parts, 1, 2, 10, 1800);  // 2, 3
  both_ways(parts, 1, 3, 10, 900);   // 4, 5
  parts.roads.forbidden_turns = {{0, 4, 0b110111}};
  return parts;
}

TEST(RoadPlanNetwork, WhoMayNotTurnDrivesRoundAndAllLanesAreCountedOnce) {
  const auto world = World::seal(forbidden_corner());
  const StateTable state(*world);
  const std::vector<std::uint32_t> ends{0, 2, 3};
  const auto kinds = traffic::bit_of(traffic::VehicleKind::car);
  const auto made = road_plan_network(*world, state, ends, {.kinds = kinds});
  const std::vector<RouteDemand> demands{{made.node_of[0], 40, 100, 0, 0}};
  const std::vector<RouteGoal> goals{{made.end_of[3], 100}};
  const RoutePlan plan = plan_routes(made.timed, demands, goals, {});
  EXPECT_EQ(plan.left[0], 0U);
  for (const RoutedGroup& group : plan.groups) {
    std::vector<std::uint32_t> roads;
    for (const std::uint32_t arc : group.arcs) {
      const auto of_arc = made.roads_of(arc);
      roads.insert(roads.end(), of_arc.begin(), of_arc.end());
    }
    // On to the next junction, round there, and in.
    EXPECT_EQ(roads, (std::vector<std::uint32_t>{0, 2, 3, 4}));
    EXPECT_NEAR(group.arrive_s - group.depart_s(), 240, 1e-6);
  }
  // 900 cars an hour pass the last road.
  EXPECT_NEAR(plan.done_s, 240 + 39 * 4, 60);
}

TEST(RoadPlanNetwork, WhoStartsOrArrivesAtTheCornerIsNotHeldToHowOneCame) {
  const auto world = World::seal(forbidden_corner());
  const StateTable state(*world);
  const std::vector<std::uint32_t> ends{0, 1, 3};
  const auto made = road_plan_network(*world, state, ends, {});
  const Incidence in(made.timed, Incidence::Side::in);
  const auto to_middle = free_times_to(made.timed, in, std::span(&made.end_of[1], 1));
  EXPECT_NEAR(to_middle[made.node_of[0]], 60, 1e-9);
  EXPECT_EQ(to_middle[made.node_of[1]], 0);
  const auto to_corner = free_times_to(made.timed, in, std::span(&made.end_of[3], 1));
  EXPECT_NEAR(to_corner[made.node_of[1]], 60, 1e-9);
  // Only lorries may turn: no way for all that leave, but one for some of them.
  EXPECT_EQ(to_corner[made.node_of[0]], never_s);
  TimedNetwork any = made.timed;
  any.capacity_ps = made.any_capacity_ps;
  EXPECT_NEAR(free_times_to(any, in, std::span(&made.end_of[3], 1))[made.node_of[0]], 120, 1e-9);
}

TEST(LastDepartures, AreThoseOfTheWayThatStaysOpenLongest) {
  TimedNetwork network;
  network.nodes = 4;
  network.add(0, 1, 10, 1, 100);
  network.add(1, 3, 10, 1, 500);
  network.add(0, 2, 50, 1);
  network.add(2, 3, 50, 1, 300);
  const Incidence in(network, Incidence::Side::in);
  const std::uint32_t goal = 3;
  const auto last = last_departures(network, in, std::span(&goal, 1));
  EXPECT_EQ(last.at_s[0], 250);  // by the long way
  EXPECT_EQ(last.arc[0], 2U);
  EXPECT_EQ(last.at_s[1], 500);
  network.last_entry_s = {100, -5, -1, -1};
  EXPECT_LT(last_departures(network, in, std::span(&goal, 1)).at_s[0], 0);
  network.capacity_ps = {1, 0, 0, 1};
  EXPECT_EQ(last_departures(network, in, std::span(&goal, 1)).at_s[0], -never_s);
}

TEST(RoadClosures, KeepTheFirstMomentAtWhichARoadCannotBeDriven) {
  const auto world = World::seal(row_of_roads());
  RoadClosures closures(*world);
  StateTable state(*world);
  closures.see(state, 0);
  state.at({Kind::road, 4}, common_column::water_depth_m) = 0.4;
  closures.see(state, 600);
  state.at({Kind::road, 4}, common_column::water_depth_m) = 0;
  state.at({Kind::road, 0}, road_column::debris) = 1;
  closures.see(state, 1200);
  state.at({Kind::road, 6}, road_column::open) = 0;
  closures.see(state, 1800);
  closures.close(0, 500);
  // Some time after it was last seen open.
  EXPECT_EQ(closures.closes_s()[4], 0);
  EXPECT_EQ(closures.closes_s()[6], 1200);
  EXPECT_EQ(closures.closes_s()[0], 500);
  EXPECT_EQ(closures.closes_s()[2], infinite);
  // For a bound: water goes, the barrier of road 6 and the debris on road 0 stay.
  EXPECT_EQ(closures.open_until_s()[4], infinite);
  EXPECT_EQ(closures.open_until_s()[6], 1800);
  EXPECT_EQ(closures.open_until_s()[0], 500);
  closures.open(6);
  EXPECT_EQ(closures.open_until_s()[6], infinite);
}

}  // namespace
}  // namespace kontwin::testing
