// A smooth wave that steepens: the order of the finite volume scheme in space and time together.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

constexpr double long_m = 4000;
constexpr double still_m = 1;
constexpr double end_s = 120;

/// Speed of waves in a hump that runs east into still water, as it is at the beginning.
double wave_mps(double x_m) {
  const double s = (x_m - 1500) / 300;
  return std::sqrt(gravity_mps2 * (still_m + 0.1 * std::exp(-s * s)));
}

/// u - 2 c is that of still water everywhere, so each depth runs east with u + c.
double speed_mps(double c) { return 2 * (c - std::sqrt(gravity_mps2 * still_m)); }

double exact_wave_mps(double x_m, double t_s) {
  double low = x_m - 2000;
  double high = x_m;
  for (int halving = 0; halving < 100; ++halving) {
    const double from_m = (low + high) / 2;
    const double c = wave_mps(from_m);
    (from_m + (speed_mps(c) + c) * t_s < x_m ? low : high) = from_m;
  }
  return wave_mps(low);
}

double depth_error(std::size_t columns) {
  ComputeArena arena(1);
  const TerrainGrid grid = validation::flat(columns, 2, long_m / static_cast<double>(columns), 0);
  const GridShape& shape = grid.elevation_m.shape;
  FiniteVolumeSolver<double> solver(grid, {.closed_edges = true}, arena);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const double c = wave_mps(shape.center(cell % columns, 0).x_m);
    solver.set_depth(cell, c * c / gravity_mps2);
    solver.set_velocity(cell, speed_mps(c), 0);
  }
  solver.advance(end_s);
  std::vector<double> computed_m, exact_m;
  for (std::size_t column = 0; column < columns; ++column) {
    const double c = exact_wave_mps(shape.center(column, 0).x_m, end_s);
    computed_m.push_back(solver.depth_m(column) - still_m);
    exact_m.push_back(c * c / gravity_mps2 - still_m);
  }
  return validation::relative_l1(computed_m, exact_m);
}

TEST(FloodFiniteVolumeValidation, ASmoothWaveConvergesWithTheSquareOfTheCell) {
  const std::string source = "Stoker (1957), Water Waves, ch. 10.2-10.4: simple waves";
  const double coarse = depth_error(200);
  const double middle = depth_error(400);
  const double fine = depth_error(800);
  validation::expect_at_most({"flood",
                              "Finite volumes: a smooth wave 10 % of the depth high runs 430 m, "
                              "cells of 10 m: relative L1 error of the wave",
                              "", source},
                             middle, 2e-3);
  validation::expect_within(
      {"flood", "Finite volumes: order of convergence of a smooth wave, 20 to 5 m", "", source},
      std::log2(coarse / fine) / 2, 2, 0.1);
}

}  // namespace
}  // namespace kontwin::flood
