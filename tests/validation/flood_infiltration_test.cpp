// Published worked examples of infiltration.
#include <gtest/gtest.h>

#include <algorithm>

#include "scenarios/flood/green_ampt.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

using validation::expect_within;

constexpr const char* chow =
    "Chow, Maidment and Mays (1988), Applied Hydrology, examples 4.3.1 and 4.4.2: silt loam, 30 % "
    "effective saturation (its figures, not seen in the original here)";

TEST(FloodValidation, InfiltrationUnderStandingWaterIsThatOfTheTextbook) {
  const Soil soil = *soil_of_texture("silt_loam", 0.3);
  double soaked_m = 0;
  for (int minute = 0; minute < 60; ++minute) soaked_m += soak_m(soil, soaked_m, 60);
  expect_within({"flood", "Green-Ampt: infiltration under standing water after 1 h", "cm", chow},
                soaked_m * 100, 3.17, 0.01);
  expect_within({"flood", "Green-Ampt: rate of infiltration then", "cm/h", chow},
                soak_m(soil, soaked_m, 1) * 100 * 3600, 1.81, 0.01);
}

TEST(FloodValidation, InfiltrationOfSteadyRainIsThatOfTheTextbook) {
  const Soil soil = *soil_of_texture("silt_loam", 0.3);
  constexpr double rain_mps = 0.05 / 3600;
  double soaked_m = 0;
  double ponding_s = 0;
  for (int second = 0; second < 3600; ++second) {
    const double could_m = soak_m(soil, soaked_m, 1);
    if (could_m < rain_mps && ponding_s == 0) ponding_s = second;
    soaked_m += std::min(could_m, rain_mps);
  }
  expect_within({"flood", "Green-Ampt: ponding time under rain of 5 cm/h", "h", chow},
                ponding_s / 3600, 0.17, 0.02);
  // What ponds stays and soaks in later.
  double standing_m = 0, with_ponding_m = 0;
  for (int second = 0; second < 3600; ++second) {
    standing_m += rain_mps;
    const double taken_m = std::min(standing_m, soak_m(soil, with_ponding_m, 1));
    with_ponding_m += taken_m;
    standing_m -= taken_m;
  }
  expect_within({"flood", "Green-Ampt: infiltration of rain of 5 cm/h after 1 h", "cm", chow},
                with_ponding_m * 100, 3.02, 0.01);
}

TEST(FloodValidation, RunoffByTheCurveNumberIsThatOfTheTextbook) {
  expect_within({"flood", "Curve number 83.8: runoff of 5 inches of rain", "in",
                 "Chow, Maidment and Mays (1988), example 5.5.1 (its figures, not seen in the "
                 "original here)"},
                curve_number_runoff_mm(5 * 25.4, 83.8) / 25.4, 3.25, 0.01);
}

}  // namespace
}  // namespace kontwin::flood
