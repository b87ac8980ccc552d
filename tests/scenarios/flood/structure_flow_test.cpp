#include "scenarios/flood/structure_flow.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace kontwin::flood {
namespace {

TEST(StructureFlow, AWeirPassesCriticalFlowAndLessWhereItDrowns) {
  EXPECT_NEAR(weir_m3ps(10, 1, 1, -1), 17.05, 0.01);
  EXPECT_NEAR(weir_m3ps(10, 1, 1, 0), 17.05, 0.01);
  EXPECT_NEAR(weir_m3ps(10, 1, 1, 0.8), 17.05 * 0.6163, 0.01);
  EXPECT_EQ(weir_m3ps(10, 1, 1, 1), 0);
  EXPECT_EQ(weir_m3ps(10, 1, -0.5, -1), 0);
}

TEST(StructureFlow, AnOpeningIsAWeirUntilItsTopIsInTheWater) {
  EXPECT_EQ(opening_m3ps(5, 2, 1, 0.6, 1.5, -1), weir_m3ps(5, 1, 1.5, -1));
  // A gate 0.5 m open under 4 m: μ b a √(2 g (h - μ a)).
  EXPECT_NEAR(opening_m3ps(5, 0.5, 1, 0.6, 4, -1),
              0.6 * 5 * 0.5 * std::sqrt(2 * 9.80665 * (4 - 0.3)), 1e-9);
  EXPECT_NEAR(opening_m3ps(5, 0.5, 1, 0.6, 4, 3), 0.6 * 5 * 0.5 * std::sqrt(2 * 9.80665 * (4 - 3)),
              1e-9);
  EXPECT_EQ(opening_m3ps(5, 0, 1, 0.6, 4, 0), 0) << "closed";
  // The two join without much of a step.
  EXPECT_NEAR(opening_m3ps(5, 1, 1, 0.6, 1.001, -1) / weir_m3ps(5, 1, 1.001, -1), 1, 0.02);
}

TEST(StructureFlow, AGrateIsAWeirInShallowWaterAndAnOrificeInDeep) {
  EXPECT_NEAR(grate_m3ps(2, 0.3, 0.04), 1.66 * 2 * 0.008, 1e-9);
  EXPECT_NEAR(grate_m3ps(2, 0.3, 1), 0.67 * 0.3 * std::sqrt(2 * 9.80665), 1e-9);
  EXPECT_EQ(grate_m3ps(2, 0.3, 0), 0);
}

Culvert box() {
  return {.width_m = 2,
          .height_m = 1.5,
          .length_m = 30,
          .manning_n = 0.013,
          .inlet_invert_m = 100.3,
          .outlet_invert_m = 100,
          .inlet = *culvert_inlet("wingwalls_30_75")};
}

TEST(StructureFlow, ACulvertPassesMoreUnderMoreHeadAndLessAgainstATailWater) {
  double before = 0;
  for (double head_m = 100.35; head_m < 108; head_m += 0.05) {
    const double now = culvert_m3ps(box(), false, head_m, 99);
    EXPECT_GT(now, before) << head_m;
    EXPECT_LT(now - before, 0.8) << "no steps at " << head_m;
    before = now;
  }
  EXPECT_LT(culvert_m3ps(box(), false, 103, 102.5), 0.8 * culvert_m3ps(box(), false, 103, 99));
  EXPECT_EQ(culvert_m3ps(box(), false, 103, 103), 0);
  EXPECT_EQ(culvert_m3ps(box(), false, 100.2, 99), 0) << "below its inlet";
}

TEST(StructureFlow, ADrownedCulvertLosesWhatEntranceFrictionAndExitTake) {
  // Full: V²/2g (1 + ke + 2 g n² L / R^(4/3)) between two lakes 0.2 m apart.
  const double radius_m = 3.0 / 7;
  const double losses = 1 + 0.4 + 2 * 9.80665 * 0.013 * 0.013 * 30 / std::pow(radius_m, 4.0 / 3);
  EXPECT_NEAR(culvert_m3ps(box(), false, 104.2, 104), 3 * std::sqrt(2 * 9.80665 * 0.2 / losses),
              0.01);
  EXPECT_NEAR(culvert_m3ps(box(), true, 104.2, 104), 3 * std::sqrt(2 * 9.80665 * 0.2 / losses),
              0.01)
      << "against its fall, too";
}

TEST(StructureFlow, ARoundCulvertFilledToItsTopPassesNoLessThanNearlyFull) {
  Culvert pipe{.width_m = 1, .height_m = 1, .round = true, .length_m = 20, .barrels = 2};
  pipe.inlet_invert_m = 10.1;
  pipe.outlet_invert_m = 10;
  double before = 0;
  for (double head_m = 10.15; head_m < 14; head_m += 0.05) {
    const double now = culvert_m3ps(pipe, false, head_m, 9);
    EXPECT_GE(now, before) << head_m;
    before = now;
  }
  EXPECT_GT(before, 5);
  EXPECT_EQ(culvert_inlet("hole"), nullptr);
}

}  // namespace
}  // namespace kontwin::flood
