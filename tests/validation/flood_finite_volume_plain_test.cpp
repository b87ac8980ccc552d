// In the manner of the Environment Agency's tests of two-dimensional packages 1 and 3, rebuilt from
// their public descriptions: the data that come with the report are not in this tree, so profiles
// and hydrographs are ours where the text gives no numbers, and so are the bars.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

using validation::expect_at_most;
using validation::expect_within;

const std::string source =
    "In the manner of Néelz and Pender (2013), Benchmarking the latest generation of 2D hydraulic "
    "modelling packages, Environment Agency SC120002; profile and bar ours";

/// Straight lines between (x, height), the same in every row.
TerrainGrid profile(std::size_t columns, std::size_t rows, double cell_m, float manning_n,
                    const std::vector<std::pair<double, double>>& points) {
  TerrainGrid grid = validation::flat(columns, rows, cell_m, manning_n);
  for (std::size_t cell = 0; cell < grid.elevation_m.shape.cells(); ++cell) {
    const double x_m = grid.elevation_m.shape.center(cell % columns, 0).x_m;
    std::size_t i = 1;
    while (i + 1 < points.size() && points[i].first < x_m) ++i;
    const auto [x0, z0] = points[i - 1];
    const auto [x1, z1] = points[i];
    grid.elevation_m.values[cell] = static_cast<float>(z0 + (z1 - z0) * (x_m - x0) / (x1 - x0));
  }
  return grid;
}

TEST(FloodFiniteVolumeValidation, APoolCutOffByASillKeepsTheSillsLevel) {
  ComputeArena arena(1);
  constexpr std::size_t columns = 70;
  constexpr std::size_t rows = 10;
  // The sea rises over a sill into a hollow, and falls back.
  const TerrainGrid grid = profile(columns, rows, 10, 0.03F,
                                   {{0, 9.2}, {300, 10.25}, {400, 9.5}, {500, 9.5}, {700, 10.6}});
  FiniteVolumeSolver<float> solver(grid, {.closed_edges = true}, arena);
  const auto sea = [&](double stage_m) {
    for (std::size_t row = 0; row < rows; ++row) {
      solver.set_edge(row * columns, GridSide::west,
                      {.kind = EdgeCondition::Kind::stage, .stage_m = stage_m});
    }
  };
  const auto level_m = [&](std::size_t column) {
    const std::size_t cell = 5 * columns + column;
    return solver.ground_m(cell) + solver.depth_m(cell);
  };
  for (int minute = 0; minute < 20 * 60; ++minute) {
    const double hour = minute / 60.0;
    sea(hour < 1    ? 9.7 + 0.65 * hour
        : hour < 11 ? 10.35
                    : std::max(9.7, 10.35 - 0.65 * (hour - 11)));
    solver.advance(60);
    if (minute == 11 * 60 - 1) {
      expect_within(
          {"flood", "Finite volumes: a hollow behind a sill fills to the sea's level", "m", source},
          level_m(45), 10.35, 1e-4);
    }
  }
  const double sill_m = solver.ground_m(5 * columns + 29);
  expect_within({"flood", "Finite volumes: when the sea has gone, the hollow's level is the sill's",
                 "m", source},
                level_m(45), sill_m, 1e-3);
  expect_within({"flood", "Finite volumes: and the sea's side has the sea's level", "m", source},
                level_m(3), 9.7, 1e-4);
}

TEST(FloodFiniteVolumeValidation, MomentumCarriesWaterOverAnObstruction) {
  // A wave down 1 in 200 whose water just fills the hollow before an obstruction 0.25 m high.
  ComputeArena arena(1);
  constexpr std::size_t columns = 60;
  constexpr std::size_t rows = 20;
  constexpr double peak_m3ps = 65.5;
  const double hollow_m3 = 0.5 * 100 * 0.25 * 100;
  const double lasts_s = 2 * hollow_m3 / peak_m3ps;
  FiniteVolumeSolver<float> solver(
      profile(columns, rows, 5, 0.01F,
              {{0, 10}, {150, 9.25}, {200, 9.5}, {250, 9.25}, {300, 9.75}}),
      {.closed_edges = true}, arena);
  for (double t_s = 0; t_s < 900; t_s += 0.5) {
    const double rising = std::max(0.0, 1 - std::abs(2 * (t_s + 0.25) / lasts_s - 1));
    for (std::size_t row = 0; row < rows; ++row) {
      solver.set_edge(
          row * columns, GridSide::west,
          {.kind = EdgeCondition::Kind::discharge, .discharge_m2ps = rising * peak_m3ps / 100});
    }
    solver.advance(0.5);
  }
  double before_m3 = 0;
  for (std::size_t cell = 0; cell < columns * rows; ++cell) {
    if (cell % columns < 40) before_m3 += solver.depth_m(cell) * 25;
  }
  expect_within(
      {"flood", "Finite volumes: wave at an obstruction: water that came in", "m³", source},
      solver.volume_m3(), hollow_m3, 1e-3);
  expect_at_most({"flood",
                  "Finite volumes: wave at an obstruction that holds all of it: share that stays "
                  "before it (without momentum: 1)",
                  "", source},
                 before_m3 / solver.volume_m3(), 0.95);
}

}  // namespace
}  // namespace kontwin::flood
