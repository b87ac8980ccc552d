#include "scenarios/traffic/micro/car_following.hpp"

#include <gtest/gtest.h>

#include "scenarios/traffic/micro/lane_change.hpp"
#include "tests/scenarios/traffic/micro/micro_run.hpp"

namespace kontwin::testing {
namespace {

using namespace traffic::micro;

constexpr Driver town{13.89, 1, 2, 1.5, 2};

TEST(CarFollowing, AnIntelligentDriverAtItsEquilibriumGapNeitherSpeedsUpNorBrakes) {
  for (double speed = 0; speed < 13; speed += 0.5) {
    const double gap = idm_equilibrium_gap_m(town, speed);
    EXPECT_NEAR(idm_acceleration(town, speed, gap, speed), 0, 1e-9) << speed;
  }
}

TEST(CarFollowing, AnIntelligentDriverAloneStartsWithItsAccelerationAndStaysAtItsWish) {
  EXPECT_NEAR(idm_acceleration(town, 0, 1e9, 0), 1.5, 1e-9);
  EXPECT_NEAR(idm_acceleration(town, 13.89, 1e9, 0), 0, 1e-9);
}

TEST(CarFollowing, TheImprovedModelKeepsItsTimeGapAtTheWishedSpeedWhereTheOtherFallsBack) {
  const double gap = 2 + 13.8 * 1;
  EXPECT_LT(idm_acceleration(town, 13.8, gap, 13.8), -1.4);
  EXPECT_NEAR(improved_idm_acceleration(town, 13.8, gap, 13.8), 0, 0.05);
}

TEST(CarFollowing, TheImprovedModelBrakesNoHarderThanComfortableForALowerLimit) {
  const Driver slow{5, 1, 2, 1.5, 2};
  EXPECT_GE(improved_idm_acceleration(slow, 25, 1e9, 25), -2);
  EXPECT_LT(idm_acceleration(slow, 25, 1e9, 25), -100);
}

TEST(CarFollowing, KraussDriversAtOneSpeedKeepTheirReactionTimeInBothForms) {
  for (const double speed : {0.0, 3.0, 13.89, 30.0}) {
    EXPECT_NEAR(krauss_safe_speed_mps(speed, speed * 1.2, speed, 4.5, 1.2), speed, 1e-9);
    EXPECT_NEAR(krauss_exact_safe_speed_mps(speed * 1.2, speed, 4.5, 1.2), speed, 1e-9);
  }
}

TEST(CarFollowing, KraussDriversDawdleByAtMostTheirImperfection) {
  const Driver driver{13.89, 1, 2.5, 2.6, 4.5};
  EXPECT_DOUBLE_EQ(krauss_next_speed_mps(driver, 5, 100, 0.5, 0, 1), 7.6);
  EXPECT_DOUBLE_EQ(krauss_next_speed_mps(driver, 5, 100, 0.5, 1, 1), 6.3);
  EXPECT_DOUBLE_EQ(krauss_next_speed_mps(driver, 0, 0, 0.5, 0.9, 1), 0);
}

TEST(CarFollowing, FromAStoppableSpeedOneStopsWithinTheRoom) {
  constexpr double braking = 4.5, step_s = 0.5;
  for (double speed = 0; speed < 20; speed += 0.37) {
    for (double spare = 0; spare < 40; spare += 0.71) {
      const double room = braking_m(speed, braking) + spare;
      double next =
          std::max(stoppable_speed_mps(speed, room, braking, step_s), speed - braking * step_s);
      const double driven =
          next >= 0 ? 0.5 * (speed + next) * step_s : 0.5 * speed * speed * step_s / (speed - next);
      next = std::max(0.0, next);
      EXPECT_LE(driven + braking_m(next, braking), room + 1e-9) << speed << " " << spare;
      const double in_steps = braking_euler_m(speed, braking, step_s) + spare;
      const double held = std::max(
          0.0,
          std::max(stoppable_speed_euler_mps(in_steps, braking, step_s), speed - braking * step_s));
      EXPECT_LE(held * step_s + braking_euler_m(held, braking, step_s), in_steps + 1e-9);
    }
  }
}

TEST(CarFollowing, BrakingInStepsCoversWhatTheStepsAddUpTo) {
  for (double speed = 0; speed < 20; speed += 0.31) {
    double driven = 0;
    for (double v = speed; v > 0;) {
      v = std::max(0.0, v - 4.5 * 0.5);
      driven += v * 0.5;
    }
    EXPECT_NEAR(braking_euler_m(speed, 4.5, 0.5), driven, 1e-9);
  }
}

TEST(CarFollowing, TheEarliestArrivalIsThatOfFullAccelerationUpToTheWish) {
  EXPECT_NEAR(earliest_arrival_s(50, 0, 2, 100), std::sqrt(50.0), 1e-9);
  EXPECT_NEAR(earliest_arrival_s(50, 10, 2, 10), 5, 1e-9);
  EXPECT_EQ(earliest_arrival_s(-1, 10, 2, 10), 0);
}

TEST(LaneChange, ADriverChangesForAGainOverTheThresholdAndNotOtherwise) {
  LaneChangeOptions options;
  options.politeness = 0;
  options.threshold_mps2 = 0.1;
  LaneChangeEffects effects;
  effects.own_after = 0.11;
  EXPECT_TRUE(mobil_changes(options, effects, 0));
  effects.own_after = 0.09;
  EXPECT_FALSE(mobil_changes(options, effects, 0));
  EXPECT_TRUE(mobil_changes(options, effects, 0.05));
}

TEST(LaneChange, APoliteDriverDoesNotGainLessThanOthersLose) {
  LaneChangeOptions options;
  options.politeness = 0.5;
  LaneChangeEffects effects;
  effects.own_after = 1;
  effects.follower_after = -3;
  EXPECT_FALSE(mobil_changes(options, effects, 0));
  options.politeness = 0.2;
  EXPECT_TRUE(mobil_changes(options, effects, 0));
}

TEST(LaneChange, NoGainIsWorthMakingTheNewFollowerBrakeTooHard) {
  LaneChangeOptions options;
  options.politeness = 0;
  options.safe_deceleration_mps2 = 4;
  LaneChangeEffects effects;
  effects.own_after = 100;
  effects.follower_after = -4.1;
  EXPECT_FALSE(mobil_changes(options, effects, 0));
  effects.follower_after = -3.9;
  EXPECT_TRUE(mobil_changes(options, effects, 0));
}

}  // namespace
}  // namespace kontwin::testing
