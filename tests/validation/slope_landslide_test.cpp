// Published references of landslides: infinite slope, pore pressure under rain, Newmark's block.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "scenarios/slope/infinite_slope.hpp"
#include "scenarios/slope/newmark.hpp"
#include "scenarios/slope/pore_pressure.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::slope {
namespace {

using validation::Curve;
using validation::expect_at_most;
using validation::expect_within;
using validation::plot;

constexpr double degree = std::numbers::pi / 180;

TEST(LandslideValidation, TheInfiniteSlopeHasItsClosedForms) {
  const std::string taylor =
      "Infinite slope without cohesion: Taylor (1948), Fundamentals of Soil "
      "Mechanics; Skempton and DeLory (1957)";
  const double slope = 25 * degree;
  const double friction = std::tan(35 * degree);
  const Slab slab{slope, 2, 20};
  expect_within({"slope", "Dry slope of 25°, friction 35°: tan φ / tan α", "", taylor},
                factor_of_safety(slab, 0, friction, 0), friction / std::tan(slope), 1e-12);
  const double full_m = terms_of(slab).largest_head_m;
  const double buoyant = (20 - water_weight_knpm3) / 20;
  expect_within(
      {"slope", "The same, water flowing along it at the surface: γ'/γ tan φ / tan α", "", taylor},
      factor_of_safety(slab, 0, friction, full_m), buoyant * friction / std::tan(slope), 1e-12);
  // Critical depth of a dry slope steeper than its friction angle: c / (γ cos² α (tan α - tan φ)).
  const double steep = 45 * degree;
  const double critical_m = 10 / (20 * std::pow(std::cos(steep), 2) * (std::tan(steep) - friction));
  expect_within({"slope", "Factor of safety at the critical depth, 45°, 10 kPa", "", taylor},
                factor_of_safety({steep, critical_m, 20}, 10, friction, 0), 1, 1e-12);
}

TEST(LandslideValidation, PressureFollowsIversonsResponseInDeepGround) {
  const std::string iverson =
      "Iverson (2000), Landslide triggering by rain infiltration, Water Resour. Res. 36(7)";
  // R(t*) by its definition, with erfc from Abramowitz and Stegun's table 7.1: erfc(1) 0.15729921,
  // erfc(0.5) 0.47950012.
  expect_within({"slope", "Iverson's response at t* = 1", "", iverson}, iverson_response(1),
                std::exp(-1) / std::sqrt(std::numbers::pi) - 0.15729921, 1e-6);
  expect_within({"slope", "Iverson's response at t* = 4", "", iverson}, iverson_response(4),
                2 * std::exp(-0.25) / std::sqrt(std::numbers::pi) - 0.47950012, 1e-6);
  // TRIGRS writes the same response with ierfc.
  const double depth_m = 3, diffusivity = 1e-4, after_s = 7200;
  expect_within(
      {"slope", "Deep ground: TRIGRS's form over Z R(t*), 3 m, 1e-4 m²/s, 2 h", "",
       "Baum, Savage and Godt (2008), TRIGRS 2.0, USGS Open-File Report 2008-1159, equation 1"},
      deep_rise_m(depth_m, diffusivity, after_s) /
          (depth_m * iverson_response(after_s * 4 * diffusivity / (depth_m * depth_m))),
      1, 1e-9);
  Curve curve{"R(t*)", {}, true};
  for (double t = 0.05; t < 20; t *= 1.15) curve.points.emplace_back(t, iverson_response(t));
  plot("slope", "response", "Pore pressure under steady rain (Iverson 2000)", "t* = 4 D t / Z²",
       "head over Z I/K", {curve});
}

TEST(LandslideValidation, PressureOverABaseFollowsTrigrs) {
  const std::string trigrs =
      "Baum, Savage and Godt (2008), TRIGRS 2.0, USGS Open-File Report 2008-1159, equation 2";
  // Long after rain began, all that came in has spread: D t / L + L/3 - Z + Z²/(2 L) (Carslaw and
  // Jaeger 1959, section 3.8).
  const double base_m = 3, diffusivity = 1e-4, after_s = 3 * 86400.0;
  for (const double depth_m : {1.0, 3.0}) {
    expect_within(
        {"slope",
         "Rise over a base at 3 m after 3 days, at " + std::to_string(static_cast<int>(depth_m)) +
             " m",
         "m", "Carslaw and Jaeger (1959), Conduction of Heat in Solids, section 3.8"},
        based_rise_m(depth_m, base_m, diffusivity, after_s),
        diffusivity * after_s / base_m + base_m / 3 - depth_m + depth_m * depth_m / (2 * base_m),
        1e-6);
  }
  // The engine's modes against the series of images, rain of 10 h that changes every hour, against
  // superposition (TRIGRS's sum over pulses).
  const std::array<double, 12> rain{0.1, 0.4, 0.9, 0.2, 0, 0, 0.6, 1, 0.3, 0.1, 0, 0};
  std::vector<double> rate{diffusivity * std::pow(std::numbers::pi / base_m, 2)}, base{base_m},
      mean{0}, instant{0}, head{0};
  std::array<std::vector<double>, pressure_modes> mode;
  PressureColumns columns{rate, base, mean, {}, instant};
  for (std::size_t m = 0; m < pressure_modes; ++m) {
    mode[m] = {0};
    columns.mode_m[m] = mode[m];
  }
  Curve modes{"engine", {}, true};
  Curve series{"TRIGRS's series", {}, false};
  double worst_m = 0;
  for (std::size_t hour = 0; hour < rain.size(); ++hour) {
    advance(columns, std::array{rain[hour]}, 3600, 0);
    heads(columns, 1, head);
    double expected_m = 0;
    for (std::size_t pulse = 0; pulse <= hour; ++pulse) {
      const double since_s = 3600.0 * static_cast<double>(hour + 1 - pulse);
      expected_m += rain[pulse] * (based_rise_m(base_m, base_m, diffusivity, since_s) -
                                   based_rise_m(base_m, base_m, diffusivity, since_s - 3600));
    }
    worst_m = std::max(worst_m, std::abs(head[0] - expected_m));
    modes.points.emplace_back(hour + 1, head[0]);
    series.points.emplace_back(hour + 1, expected_m);
  }
  expect_at_most(
      {"slope", "Engine's modes against TRIGRS's series, 12 h of changing rain", "m", trigrs},
      worst_m, 0.003);
  plot("slope", "trigrs", "Head at 3 m over a base, hourly rain of 0 to 1 times the conductivity",
       "time (h)", "head (m)", {modes, series});
}

TEST(LandslideValidation, ProbabilityIsThatOfTheNormalDistribution) {
  const std::string cornell =
      "First-order second-moment method: reliability index β, P = Φ(-β) "
      "(Cornell 1969; Φ from Abramowitz and Stegun 1964, table 26.1)";
  expect_within({"slope", "Probability of failure at a reliability index of 1", "", cornell},
                failure_probability(1.2, 0.2), 0.1586553, 1e-6);
  expect_within({"slope", "Probability of failure at a reliability index of 2", "", cornell},
                failure_probability(1.4, 0.2), 0.0227501, 1e-5);
}

TEST(LandslideValidation, NewmarksBlockFollowsJibson) {
  const std::string jibson =
      "Jibson (2007), Regression models for estimating coseismic landslide "
      "displacement, Eng. Geol. 91, equation 7, worked by hand";
  expect_within({"slope", "Displacement, critical over peak acceleration 0.5, M 6.5", "cm", jibson},
                newmark_displacement_cm(0.1, 0.2, 6.5), 0.6138, 1e-3);
  expect_within({"slope", "Displacement, critical over peak acceleration 0.1, M 7.5", "cm", jibson},
                newmark_displacement_cm(0.02, 0.2, 7.5), 69.37, 1e-3);
  const std::string northridge = "Jibson, Harp and Michael (2000), Eng. Geol. 58, equation 5";
  expect_within({"slope", "Share of slopes failed at 10 cm", "", northridge}, failure_share(10),
                0.335 * (1 - std::exp(-0.048 * std::pow(10, 1.565))), 1e-12);
  expect_within({"slope", "Share of slopes failed after far displacement", "", northridge},
                failure_share(1000), 0.335, 1e-6);
  EXPECT_EQ(newmark_displacement_cm(0.2, 0.1, 6), 0);
}

}  // namespace
}  // namespace kontwin::slope
