// Water that rises and falls over uneven ground and up a beach, in both schemes.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "scenarios/flood/inertial_solver.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

using std::numbers::pi;

/// A channel of one row of cells over a bed.
TerrainGrid channel(std::size_t columns, double cell_m,
                    const std::function<double(double)>& bed_m) {
  TerrainGrid grid = validation::flat(columns, 1, cell_m, 0);
  for (std::size_t column = 0; column < columns; ++column) {
    grid.elevation_m.values[column] =
        static_cast<float>(bed_m(grid.elevation_m.shape.center(column, 0).x_m));
  }
  return grid;
}

/// Both schemes without friction.
struct Scheme {
  std::string name;
  std::function<std::unique_ptr<ShallowWaterSolver>(const TerrainGrid&, ComputeArena&)> make;
};
std::vector<Scheme> schemes() {
  return {{"Finite volumes",
           [](const TerrainGrid& grid, ComputeArena& arena) {
             return std::make_unique<FiniteVolumeSolver<float>>(
                 grid, FiniteVolumeSolver<float>::Settings{.closed_edges = true}, arena);
           }},
          {"Local inertial", [](const TerrainGrid& grid, ComputeArena& arena) {
             return std::make_unique<InertialSolver>(
                 grid, InertialSolver::Settings{.closed_edges = true}, arena);
           }}};
}

/// Bermúdez and Vázquez' tide: a bed with a hill and a hollow, 14 km long and closed at its end,
/// and a sea that rises and falls by 4 m in six hours. The solution holds for small Froude numbers:
/// its surface is level, and the true one falls by some centimetres along the channel.
namespace tide {

constexpr double long_m = 14000;
double bed_m(double x_m) {
  return 10 + 40 * x_m / long_m + 10 * std::sin(pi * (4 * x_m / long_m - 0.5));
}
double level_m(double t_s) { return 64.5 - 4 * std::sin(pi * (4 * t_s / 86400 + 0.5)); }
double speed_mps(double x_m, double t_s) {
  return (x_m - long_m) * pi / (5400 * (level_m(t_s) - bed_m(x_m))) *
         std::cos(pi * (4 * t_s / 86400 + 0.5));
}

}  // namespace tide

TEST(FloodTideValidation, ATideOverUnevenGroundIsThatOfItsAsymptoticSolution) {
  constexpr std::size_t columns = 280;
  constexpr double cell_m = tide::long_m / columns;
  constexpr double end_s = 7552.13;
  for (const Scheme& scheme : schemes()) {
    ComputeArena arena(1);
    const TerrainGrid grid = channel(columns, cell_m, tide::bed_m);
    const auto water = scheme.make(grid, arena);
    for (std::size_t column = 0; column < columns; ++column) {
      water->set_depth(column, tide::level_m(0) - water->ground_m(column));
    }
    constexpr int windows = 400;
    constexpr double window_s = end_s / windows;
    for (int window = 0; window < windows; ++window) {
      water->set_edge(0, GridSide::west,
                      {.kind = EdgeCondition::Kind::stage,
                       .stage_m = tide::level_m((window + 0.5) * window_s)});
      water->advance(window_s);
    }
    std::vector<float> east_mps(columns), north_mps(columns);
    water->copy_velocities(east_mps, north_mps);
    std::vector<double> depth_m, exact_depth_m, speed_mps, exact_mps;
    for (std::size_t column = 0; column < columns; ++column) {
      depth_m.push_back(water->depth_m(column));
      exact_depth_m.push_back(tide::level_m(end_s) - water->ground_m(column));
      speed_mps.push_back(static_cast<double>(east_mps[column]));
      exact_mps.push_back(tide::speed_mps(grid.elevation_m.shape.center(column, 0).x_m, end_s));
    }
    const std::string source =
        "Bermúdez and Vázquez (1994), Upwind methods for hyperbolic conservation laws with source "
        "terms, Computers and Fluids 23(8): asymptotic solution at 7552.13 s";
    const std::string of = scheme.name + ": tide over a hill and a hollow, cells of 50 m: ";
    validation::expect_at_most({"flood", of + "relative L1 error of depth", "", source},
                               validation::relative_l1(depth_m, exact_depth_m), 2e-3);
    validation::expect_at_most({"flood", of + "relative L1 error of velocity", "", source},
                               validation::relative_l1(speed_mps, exact_mps), 2e-2);
  }
}

/// How high a solitary wave of `high_m` on water 1 m deep runs up a beach of 1 : `cot`. It comes in
/// over the edge, as far before the foot of the beach as a twentieth of its height is ahead.
double run_up_m(const Scheme& scheme, double high_m, double cot) {
  constexpr double cell_m = 0.05;
  constexpr double beach_m = 4;  // beyond the shore
  const double narrow = std::sqrt(3 * high_m / 4);
  const double ahead_m = std::acosh(std::sqrt(20)) / narrow;
  const double foot_m = ahead_m, shore_m = foot_m + cot;
  const auto columns = static_cast<std::size_t>(std::ceil((shore_m + beach_m) / cell_m));
  ComputeArena arena(1);
  const TerrainGrid grid =
      channel(columns, cell_m, [&](double x_m) { return std::max(-1.0, (x_m - shore_m) / cot); });
  const auto water = scheme.make(grid, arena);
  for (std::size_t column = 0; column < columns; ++column) {
    water->set_depth(column, std::max(0.0, -water->ground_m(column)));
  }
  const double wave_mps = std::sqrt(gravity_mps2 * (1 + high_m));
  const double crest_s = 2 * ahead_m / wave_mps;
  constexpr double window_s = 0.1, wet_m = 1e-3;
  double highest_m = 0;
  for (double at_s = 0; at_s < crest_s + 40; at_s += window_s) {
    const double sech = 1 / std::cosh(narrow * wave_mps * (at_s + window_s / 2 - crest_s));
    water->set_edge(0, GridSide::west,
                    {.kind = EdgeCondition::Kind::stage, .stage_m = high_m * sech * sech});
    water->advance(window_s);
    for (std::size_t column = 0; column < columns; ++column) {
      if (water->depth_m(column) < wet_m) continue;
      highest_m = std::max(highest_m, water->ground_m(column) + water->depth_m(column));
    }
  }
  return highest_m;
}

TEST(FloodTideValidation, ASolitaryWaveRunsUpABeachAsHighAsTheRunUpLawSays) {
  constexpr double cot = 19.85;
  const auto both = schemes();
  const auto expect = [&](const Scheme& scheme, double high_m) {
    const double law_m = 2.831 * std::sqrt(cot) * std::pow(high_m, 1.25);
    std::array<char, 16> high{};
    std::snprintf(high.data(), high.size(), "%g", high_m);
    validation::expect_within({"flood",
                               scheme.name + ": run-up of a solitary wave of " + high.data() +
                                   " m on 1 m of water, beach 1 : 19.85",
                               "m",
                               "Synolakis (1987), The runup of solitary waves, J. Fluid Mech. 185: "
                               "run-up law of waves that do not break"},
                              run_up_m(scheme, high_m, cot), law_m, 0.08);
  };
  for (const double high_m : {0.005, 0.01, 0.0185}) expect(both[0], high_m);
  // Higher waves need the momentum that the inertial scheme does not carry.
  expect(both[1], 0.005);
}

}  // namespace
}  // namespace kontwin::flood
