#include "scenarios/flood/green_ampt.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace kontwin::flood {
namespace {

TEST(GreenAmpt, FollowsTheExactEquationUnderStandingWater) {
  const Soil soil = *soil_of_texture("clay_loam", 0.4);
  double soaked_m = 0;
  for (int minute = 0; minute < 600; ++minute) soaked_m += soak_m(soil, soaked_m, 60);
  // F - S ln(1 + F / S) = K t
  const double storage_m = soil.storage_m();
  const double time_s =
      (soaked_m - storage_m * std::log1p(soaked_m / storage_m)) / soil.conductivity_mps;
  EXPECT_NEAR(time_s, 36000, 36);
}

TEST(GreenAmpt, OfARowIsTheSameAndTakesNoMoreThanThereIs) {
  const Soil soil = *soil_of_texture("loam", 0.5);
  const std::vector<float> open{1, 1, 0, 1}, depth_m{0.1F, 1e-5F, 0.1F, 0};
  std::vector<float> soaked_m{0.02F, 0, 0, 0}, taken_m(4);
  soak_row(soil, 60, 4, open.data(), depth_m.data(), soaked_m.data(), taken_m.data());
  EXPECT_NEAR(taken_m[0], soak_m(soil, 0.02, 60), 1e-8);
  EXPECT_EQ(taken_m[1], 1e-5F);
  EXPECT_EQ(taken_m[2], 0);
  EXPECT_EQ(taken_m[3], 0);
  EXPECT_FLOAT_EQ(soaked_m[0], 0.02F + taken_m[0]);
}

TEST(GreenAmpt, ASoilThatLetsNothingThroughTakesNothing) {
  const Soil rock{.conductivity_mps = 0, .suction_m = 0.2, .deficit = 0.1};
  EXPECT_EQ(soak_m(rock, 0, 60), 0);
  EXPECT_EQ(soak_m(rock, 0.01, 60), 0);
  float soaked_m = 0, taken_m = 1;
  const float open = 1, depth_m = 1;
  soak_row(rock, 60, 1, &open, &depth_m, &soaked_m, &taken_m);
  EXPECT_EQ(taken_m, 0);
}

TEST(GreenAmpt, ASoilThatIsFullFromTheStartTakesItsConductivity) {
  const Soil full = *soil_of_texture("sandy_loam", 1);
  const double taken_m = 0.0109 / 60;  // 1.09 cm/h, a minute
  EXPECT_NEAR(soak_m(full, 0, 60), taken_m, 1e-9);
  EXPECT_NEAR(soak_m(full, 0.02, 60), taken_m, 1e-9);
  std::vector<float> soaked_m{0, 0.02F}, took_m(2);
  const std::vector<float> open{1, 1}, depth_m{0.1F, 0.1F};
  soak_row(full, 60, 2, open.data(), depth_m.data(), soaked_m.data(), took_m.data());
  EXPECT_NEAR(took_m[0], taken_m, 1e-8);
  EXPECT_NEAR(took_m[1], taken_m, 1e-8);
}

TEST(GreenAmpt, AnUnknownTextureIsNone) { EXPECT_FALSE(soil_of_texture("mud", 0.5)); }

TEST(CurveNumber, LetsNothingRunOffBeforeTheInitialLossIsMet) {
  EXPECT_EQ(curve_number_runoff_mm(16, 75), 0);
  EXPECT_GT(curve_number_runoff_mm(18, 75), 0);
  EXPECT_EQ(curve_number_runoff_mm(40, 100), 40) << "a sealed surface loses nothing";
}

}  // namespace
}  // namespace kontwin::flood
