// Published references of the slope engine: rain thresholds, and Bullet against closed forms.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "scenarios/slope/boulder_world.hpp"
#include "scenarios/slope/rain_threshold.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::slope {
namespace {

using validation::Curve;
using validation::expect_at_most;
using validation::expect_within;
using validation::plot;

constexpr double g = 9.80665;

Raster<float> plane(double angle_deg) {
  Raster<float> ground(GridShape{.cell_m = 10, .columns = 60, .rows = 60});
  const double fall = std::tan(angle_deg * std::numbers::pi / 180);
  for (std::size_t i = 0; i < ground.values.size(); ++i) {
    ground.values[i] = static_cast<float>(700 - fall * ground.shape.center(i % 60, i / 60).x_m);
  }
  return ground;
}

TEST(SlopeValidation, RainThresholdsAreThePublishedOnes) {
  const std::string caine =
      "Caine (1980), The rainfall intensity-duration control of shallow landslides and debris "
      "flows, "
      "Geografiska Annaler 62A";
  expect_within({"slope", "Caine's threshold at 1 h", "mm/h", caine}, caine_mmph(1), 14.82, 1e-3);
  expect_within({"slope", "Caine's threshold at 10 h", "mm/h", caine}, caine_mmph(10), 6.037, 1e-3);
  expect_within({"slope", "Caine's threshold at 100 h", "mm/h", caine}, caine_mmph(100), 2.459,
                1e-3);
  const std::string guzzetti =
      "Guzzetti, Peruccacci, Rossi, Stark (2008), The rainfall intensity-duration control of "
      "shallow "
      "landslides and debris flows: an update, Landslides 5";
  expect_within({"slope", "Guzzetti et al.'s threshold at 10 h", "mm/h", guzzetti},
                guzzetti_mmph(10), 0.7988, 1e-3);
  Curve upper{"Caine (1980)", {}, true};
  Curve lower{"Guzzetti et al. (2008)", {}, true};
  for (double hours = 1; hours <= 72; hours *= 1.2) {
    upper.points.emplace_back(hours, caine_mmph(hours));
    lower.points.emplace_back(hours, guzzetti_mmph(hours));
  }
  plot("slope", "thresholds", "Rain intensity and duration that start landslides", "duration (h)",
       "mean intensity (mm/h)", {upper, lower});
}

TEST(SlopeValidation, ABoulderReboundsToTheSquareOfItsRestitution) {
  constexpr double radius_m = 0.5;
  // Heights differ, so that the impact falls on different moments of a step.
  for (const auto& [restitution, fall_m] :
       {std::pair{0.3, 10.0}, {0.5, 10.0}, {0.7, 10.0}, {0.5, 7.3}, {0.5, 3.1}, {0.7, 17.7}}) {
    BoulderWorld world(plane(0), GroundContact{.restitution = restitution});
    world.add({.radius_m = radius_m, .x_m = 303, .y_m = 301, .z_m = 700 + radius_m + fall_m});
    Curve path{"computed", {}, true};
    bool rising = false;
    double before_m = 1e9;
    double rebound_m = 0;
    for (int step = 1; step < 3000; ++step) {
      world.step();
      const double height_m = world.motion(0).z_m - 700 - radius_m;
      path.points.emplace_back(step * BoulderWorld::step_s, height_m);
      if (height_m > before_m) rising = true;
      if (rising) rebound_m = std::max(rebound_m, height_m);
      if (rising && height_m < rebound_m - 0.05) break;
      before_m = height_m;
    }
    expect_within({"slope",
                   "Rebound of a boulder dropped " + std::to_string(fall_m).substr(0, 4) +
                       " m, restitution " + std::to_string(restitution).substr(0, 3),
                   "m", "Newton's law of restitution: rebound height e² h"},
                  rebound_m, restitution * restitution * fall_m, 0.01);
    if (restitution == 0.5 && fall_m == 10) {
      plot("slope", "rebound", "A boulder dropped 10 m, restitution 0.5", "time (s)", "height (m)",
           {path});
    }
  }
}

TEST(SlopeValidation, ASlidingSlabStopsWhereCoulombSays) {
  constexpr double speed_mps = 12;
  constexpr double friction = 0.5;
  BoulderWorld world(plane(0), GroundContact{.restitution = 0, .friction = friction});
  // A slab of 1 m radius is 2.56 m wide and 0.64 m thick: it lies on the ground from the start.
  const double thick_m = std::cbrt(4.0 / 3 * std::numbers::pi / 0.25) * 0.25;
  world.add({.shape = Rock::Shape::slab,
             .radius_m = 1,
             .x_m = 253,
             .y_m = 301,
             .z_m = 700 + thick_m / 2,
             .vx_mps = speed_mps});
  const double from_m = world.motion(0).x_m;
  for (int step = 0; step < 10000 && !world.all_at_rest(); ++step) world.step();
  expect_within({"slope", "Stopping distance of a sliding slab, 12 m/s, friction 0.5", "m",
                 "Coulomb's law of friction: v² / (2 μ g)"},
                world.motion(0).x_m - from_m, speed_mps * speed_mps / (2 * friction * g), 0.01);
}

TEST(SlopeValidation, ASphereRollsDownASlopeAsARigidBodyDoes) {
  constexpr double angle_deg = 20;
  const double angle = angle_deg * std::numbers::pi / 180;
  constexpr double radius_m = 0.5;
  BoulderWorld world(plane(angle_deg),
                     GroundContact{.restitution = 0, .friction = 0.8, .rolling_friction = 0});
  const double x_m = 103;
  const double z_m = 700 - std::tan(angle) * x_m + radius_m / std::cos(angle);
  world.add({.radius_m = radius_m, .x_m = x_m, .y_m = 303, .z_m = z_m});
  constexpr double seconds = 5;
  for (int step = 0; step < static_cast<int>(seconds / BoulderWorld::step_s); ++step) world.step();
  const double run_m = (world.motion(0).x_m - x_m) / std::cos(angle);
  // Without slip: a = 5/7 g sin α.
  expect_within({"slope", "Way of a sphere that rolls down 20° for 5 s", "m",
                 "Rigid-body dynamics: 1/2 · 5/7 g sin α t²"},
                run_m, 0.5 * 5.0 / 7 * g * std::sin(angle) * seconds * seconds, 0.01);
}

TEST(SlopeValidation, RollingResistanceTakesItsShare) {
  constexpr double angle_deg = 20;
  constexpr double share = 0.15;
  constexpr double seconds = 5;
  const double angle = angle_deg * std::numbers::pi / 180;
  BoulderWorld world(plane(angle_deg),
                     GroundContact{.restitution = 0, .friction = 0.8, .rolling_friction = share});
  const double x_m = 103;
  world.add({.radius_m = 0.5,
             .x_m = x_m,
             .y_m = 303,
             .z_m = 700 - std::tan(angle) * x_m + 0.5 / std::cos(angle)});
  for (int step = 0; step < static_cast<int>(seconds / BoulderWorld::step_s); ++step) world.step();
  expect_within({"slope", "The same with a rolling resistance of 0.15", "m",
                 "Rigid-body dynamics: 1/2 · 5/7 g (sin α - f cos α) t²"},
                (world.motion(0).x_m - x_m) / std::cos(angle),
                0.5 * 5.0 / 7 * g * (std::sin(angle) - share * std::cos(angle)) * seconds * seconds,
                0.01);
}

}  // namespace
}  // namespace kontwin::slope
