// The Environment Agency's test 6A: a dam breaks in a flume before a building that stands askew.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

constexpr double cell_m = 0.1;

/// Flume of 35.8 m x 3.6 m: a reservoir, a wall from 6.75 to 7.55 m with a gate of 1 m, the
/// building of 0.8 m x 0.4 m turned by 64°.
TerrainGrid flume(float manning_n) {
  TerrainGrid grid = validation::flat(358, 36, cell_m, manning_n);
  const double turned = 64 * std::numbers::pi / 180;
  for (std::size_t cell = 0; cell < grid.elevation_m.values.size(); ++cell) {
    const LocalPoint at = grid.elevation_m.shape.center(cell % 358, cell / 358);
    const bool wall = at.x_m > 6.75 && at.x_m < 7.55 && std::abs(at.y_m - 1.8) > 0.5;
    const double x_m = at.x_m - 10.99;
    const double y_m = at.y_m - 1.75;
    const double along_m = x_m * std::cos(turned) + y_m * std::sin(turned);
    const double across_m = x_m * std::sin(turned) - y_m * std::cos(turned);
    const bool building = along_m > 0 && along_m < 0.8 && across_m > 0 && across_m < 0.4;
    if (wall || building) grid.elevation_m.values[cell] = 1;
  }
  return grid;
}

struct Gauge {
  std::string name;
  LocalPoint at;
  double from_s, to_s;  // over which the mean was measured
  double measured_m;
};
const std::array<Gauge, 4> gauges{{{"G1", {10.20, 2.95}, 15, 25, 0.08},
                                   {"G2", {10.20, 1.20}, 20, 30, 0.10},
                                   {"G4", {11.55, 1.00}, 15, 20, 0.08},
                                   {"G6", {5.68, 2.90}, 18, 23, 0.20}}};

/// The mean stages at the gauges.
std::array<double, 4> run(float manning_n) {
  ComputeArena arena(1);
  const TerrainGrid grid = flume(manning_n);
  const GridShape& shape = grid.elevation_m.shape;
  FiniteVolumeSolver<float> solver(grid, {.closed_edges = true}, arena);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    if (grid.elevation_m.values[cell] > 0) continue;
    solver.set_depth(cell, shape.center(cell % shape.columns, 0).x_m < 6.75 ? 0.4 : 0.02);
  }
  std::array<double, 4> sum_m{};
  std::array<int, 4> samples{};
  for (int step = 1; step <= 300; ++step) {
    solver.advance(0.1);
    for (std::size_t i = 0; i < gauges.size(); ++i) {
      if (0.1 * step < gauges[i].from_s || 0.1 * step > gauges[i].to_s) continue;
      sum_m[i] += solver.depth_m(shape.cell_of(gauges[i].at));
      ++samples[i];
    }
  }
  for (std::size_t i = 0; i < gauges.size(); ++i) sum_m[i] /= samples[i];
  return sum_m;
}

TEST(FloodBenchmarkValidation, ADamBreakMeetsABuilding) {
  const std::string source =
      "Test 6A of Néelz and Pender (2013), Environment Agency SC120002; measured by Soares-Frazão "
      "and Zech (2007, J. Hydraul. Res. 45), to a centimetre as Geoscience Australia (SWALS, ptha) "
      "reads it; bar ours";
  const auto expect = [&](std::size_t i, double stage_m, const std::string& how) {
    validation::expect_within(
        {"flood",
         "Finite volumes: dam break before a building, mean stage at " + gauges[i].name + how, "m",
         source},
        stage_m, gauges[i].measured_m, 0.2);
  };
  const auto smooth_m = run(0.01F);
  expect(2, smooth_m[2], "");
  expect(3, smooth_m[3], "");
  // With the flume's own friction, 0.01, the jump before the building stays short of G1 and G2, at
  // half and a quarter of what was measured. It hangs on little: with 0.02 it reaches both.
  EXPECT_LT(smooth_m[0], 0.8 * gauges[0].measured_m);
  EXPECT_LT(smooth_m[1], 0.5 * gauges[1].measured_m);
  const auto rough_m = run(0.02F);
  for (std::size_t i = 0; i < gauges.size(); ++i) expect(i, rough_m[i], " (n 0.02 for 0.01)");
}

}  // namespace
}  // namespace kontwin::flood
