// The flood engine on the finite volume scheme.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/scenarios/flood/flood_world.hpp"

namespace kontwin {
namespace {

using testing::balance_of;
using testing::noon;

const EntityRef gauge{Kind::river_gauge, 0};

double stage_after_rain_m(FloodScheme scheme, int order) {
  ComputeArena arena(2);
  Branch branch = testing::branch_of(testing::valley());
  branch.forcing.rain_mmph = testing::steady(20);
  branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, testing::steady(300)});
  FloodOptions options = testing::options_for_town(0.5);
  options.scheme = scheme;
  options.order = order;
  FloodEngine engine(branch, arena, options);
  for (int minute = 0; minute < 60; ++minute) {
    testing::run(engine, branch, 1, noon + std::chrono::minutes(minute));
    const Balance water = balance_of(engine, "water");
    EXPECT_LE(std::abs(water.error()), water.tolerance) << minute;
  }
  return branch.state.at(gauge, river_gauge_column::stage_m);
}

TEST(FloodEngine, BothSchemesAgreeOnTheStageOfASlowRiver) {
  const double inertial_m = stage_after_rain_m(FloodScheme::inertial, 2);
  EXPECT_GT(inertial_m, 93);
  EXPECT_NEAR(stage_after_rain_m(FloodScheme::finite_volume, 2), inertial_m, 0.1);
  EXPECT_NEAR(stage_after_rain_m(FloodScheme::finite_volume, 1), inertial_m, 0.1);
}

}  // namespace
}  // namespace kontwin
