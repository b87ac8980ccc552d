#include <gtest/gtest.h>

#include "tests/scenarios/traffic/micro/micro_run.hpp"

namespace kontwin::testing {
namespace {

TEST(LaneChanges, AFastCarOvertakesASlowOneOnTheNextLane) {
  MicroRun run(straight_road({3000}, 20, 2));
  ASSERT_TRUE(run.try_enter(0, car, 5));
  run.zone.hold_to_speed(0, 5);
  run.run(8);
  ASSERT_TRUE(run.try_enter(0, car, 15));
  run.run(60, [&] { run.expect_apart(); });
  EXPECT_GT(run.zone.place_of(1).position_m, run.zone.place_of(0).position_m + 50);
}

TEST(LaneChanges, AFreeRoadIsDrivenOnTheOuterLane) {
  MicroOptions options;
  options.lane_change.keep_outer_bias_mps2 = 0.3;
  MicroRun run(straight_road({3000}, 20, 3), options);
  ASSERT_TRUE(run.try_enter(2, car, 15));
  run.run(60);
  EXPECT_EQ(run.zone.place_of(0).lane, 0U);
}

TEST(LaneChanges, ALaneForOthersIsLeftAndNotUsedToOvertake) {
  MicroRun run(straight_road({1500}, 14, 2));
  const std::vector<traffic::VehicleKinds> kinds{traffic::all_vehicles,
                                                 traffic::bit_of(traffic::VehicleKind::bus)};
  run.zone.set_lane_kinds(0, kinds);
  ASSERT_TRUE(run.try_enter(0, car, 3));
  run.zone.hold_to_speed(0, 3);
  run.run(5);
  ASSERT_TRUE(run.try_enter(1, car, 8));
  run.run(10, [&] { run.expect_apart(); });
  ASSERT_TRUE(run.try_enter(0, car, 3));
  run.run(90, [&] { run.expect_apart(); });
  for (const std::uint32_t vehicle : {0U, 1U, 2U}) {
    EXPECT_EQ(run.zone.place_of(vehicle).lane, 0U) << vehicle;
  }
  EXPECT_LT(run.zone.place_of(2).position_m, run.zone.place_of(0).position_m);
}

/// A road of two lanes that forks: the inner lane to the left, the outer one to the right.
NetworkParts fork() {
  NetworkParts parts;
  add_junction(parts, 0, 0);
  add_junction(parts, 600, 0);
  add_junction(parts, 900, 300);
  add_junction(parts, 900, -300);
  add_link(parts, 0, 1, 13.89, 2);
  add_link(parts, 1, 2, 13.89, 1);
  add_link(parts, 1, 3, 13.89, 1);
  for (std::uint32_t to : {1U, 2U}) {
    TurnPart turn;
    turn.from = 0;
    turn.to = to;
    turn.lanes = to == 1 ? 0b10 : 0b01;
    parts.turns.push_back(turn);
  }
  return parts;
}

TEST(LaneChanges, EverybodyGetsToTheLaneThatLeadsWhereTheyGoInHeavyTraffic) {
  MicroRun run(fork());
  // All who start on one lane want the other.
  run.zone.ask().next_turn = [&](std::uint32_t vehicle, std::uint32_t link) {
    return link == 0 ? run.network->find_turn(0, vehicle % 2 == 0 ? 1 : 2) : no_row;
  };
  std::uint32_t wanted[2] = {0, 0};
  run.run(600, [&] {
    if (run.zone.steps() % 5 == 0) run.try_enter(run.next % 2 == 0 ? 0 : 1, car, 8);
    run.expect_apart();
  });
  for (const Leaving& gone : run.left) {
    ++wanted[gone.vehicle % 2];
    EXPECT_EQ(gone.link, gone.vehicle % 2 == 0 ? 1U : 2U);
  }
  EXPECT_GT(wanted[0], 80U);
  EXPECT_GT(wanted[1], 80U);
  EXPECT_EQ(run.zone.overruns(), 0U);
}

TEST(LaneChanges, TwoSideBySideWhoNeedEachOthersLaneBothGetThrough) {
  MicroRun run(fork());
  run.zone.ask().next_turn = [&](std::uint32_t vehicle, std::uint32_t link) {
    return link == 0 ? run.network->find_turn(0, vehicle % 2 == 0 ? 1 : 2) : no_row;
  };
  ASSERT_TRUE(run.try_enter(0, bus, 0));
  ASSERT_TRUE(run.try_enter(1, bus, 0));
  run.run(240, [&] { run.expect_apart(); });
  EXPECT_EQ(run.zone.inside(), 0U);
}

TEST(LaneChanges, RidersChangeLanesAtTheEdgeBetweenThem) {
  MicroRun run(fork());
  run.zone.ask().next_turn = [&](std::uint32_t, std::uint32_t link) {
    return link == 0 ? run.network->find_turn(0, 1) : no_row;
  };
  ASSERT_TRUE(run.try_enter(0, motorbike, 8));
  double before_m = 0;
  bool changed = false;
  run.run(100, [&] {
    if (run.zone.inside() == 0 || changed) return;
    const VehiclePlace place = run.zone.place_of(0);
    if (place.lane == 1) {
      changed = true;
      EXPECT_GT(before_m, 2.9);
      EXPECT_LT(place.lateral_m, 0.8);
    }
    before_m = place.lateral_m;
  });
  EXPECT_TRUE(changed);
  ASSERT_EQ(run.left.size(), 1U);
  EXPECT_EQ(run.left[0].link, 1U);
}

}  // namespace
}  // namespace kontwin::testing
