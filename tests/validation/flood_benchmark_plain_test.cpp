// The Environment Agency's tests of two-dimensional packages 2 and 4, with both schemes. What the
// public text fixes is taken from it: size, roughness, grid, points, peak and length of the inflow;
// the shape of the hydrographs, and in test 2 that of the ground, are ours. The bands of the
// packages are published as plots, so each case is held against a reference of its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/flood/scheme.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/radial_flood.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

using validation::expect_at_most;
using validation::expect_within;

const std::string report =
    "Néelz and Pender (2013), Benchmarking the latest generation of 2D hydraulic modelling "
    "packages, "
    "Environment Agency SC120002";

struct Named {
  FloodScheme scheme;
  std::string name;
};
const std::vector<Named> schemes{{FloodScheme::inertial, "Local inertial"},
                                 {FloodScheme::finite_volume, "Finite volumes"}};

std::unique_ptr<ShallowWaterSolver> solver_of(FloodScheme scheme, const TerrainGrid& grid,
                                              ComputeArena& arena) {
  FloodOptions options;
  options.scheme = scheme;
  options.closed_edges = true;
  return make_solver(grid, options, arena);
}

/// Straight up to 20 m³/s, level, straight down.
double hydrograph_m3ps(double minute, double risen, double falls, double ends) {
  if (minute >= ends) return 0;
  return 20 * std::min({minute / risen, 1.0, (ends - minute) / (ends - falls)});
}

void pour_in_the_west(ShallowWaterSolver& solver, std::size_t first_row, std::size_t rows,
                      double discharge_m3ps) {
  const double width_m = static_cast<double>(rows) * solver.shape().cell_m;
  for (std::size_t row = first_row; row < first_row + rows; ++row) {
    solver.set_edge(
        solver.shape().at(0, row), GridSide::west,
        {.kind = EdgeCondition::Kind::discharge, .discharge_m2ps = discharge_m3ps / width_m});
  }
}

/// The level that water must rise to at each cell to find a way to the lowest edge: the fill of
/// depressions by a priority queue (Barnes, Lehman and Mulla 2014, Comput. Geosci. 62), from one
/// cell outwards.
std::vector<double> spill_levels(const Raster<float>& ground, std::size_t lowest) {
  const GridShape& grid = ground.shape;
  std::vector<double> level(grid.cells(), 1e9);
  using Entry = std::pair<double, std::size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  level[lowest] = static_cast<double>(ground.values[lowest]);
  open.emplace(level[lowest], lowest);
  while (!open.empty()) {
    const auto [from_m, cell] = open.top();
    open.pop();
    if (from_m > level[cell]) continue;
    const std::size_t column = cell % grid.columns;
    const std::size_t row = cell / grid.columns;
    const auto visit = [&](std::size_t next) {
      const double there_m = std::max(from_m, static_cast<double>(ground.values[next]));
      if (there_m >= level[next]) return;
      level[next] = there_m;
      open.emplace(there_m, next);
    };
    if (column > 0) visit(cell - 1);
    if (column + 1 < grid.columns) visit(cell + 1);
    if (row > 0) visit(cell - grid.columns);
    if (row + 1 < grid.rows) visit(cell + grid.columns);
  }
  return level;
}

TEST(FloodBenchmarkValidation, ChainsOfHollowsFillInTurnAndKeepTheirSpillLevels) {
  const std::string source = "In the manner of test 2 of " + report +
                             "; spill levels by Barnes, Lehman and Mulla (2014); bar ours";
  ComputeArena arena(1);
  TerrainGrid grid = validation::flat(100, 100, 20, 0.03F);
  const auto wave = [](double at_m) {
    return std::pow(std::sin(std::numbers::pi * at_m / 500), 2);
  };
  for (std::size_t cell = 0; cell < grid.elevation_m.values.size(); ++cell) {
    const LocalPoint at = grid.elevation_m.shape.center(cell % 100, cell / 100);
    grid.elevation_m.values[cell] = static_cast<float>(10 - at.x_m / 3000 - (2000 - at.y_m) / 1500 -
                                                       0.5 * wave(at.x_m) * wave(at.y_m));
  }
  const auto spill_m = spill_levels(grid.elevation_m, grid.elevation_m.shape.at(99, 0));
  std::vector<std::vector<double>> hollow_m3;
  for (const auto& [scheme, name] : schemes) {
    const auto solver = solver_of(scheme, grid, arena);
    for (int minute = 0; minute < 48 * 60; ++minute) {
      if (minute <= 85) {
        pour_in_the_west(*solver, 95, 5, hydrograph_m3ps(minute + 0.5, 5, 80, 85));
      }
      solver->advance(60);
    }
    double over_m = 0;
    std::size_t full = 0;
    hollow_m3.emplace_back();
    for (std::size_t j = 0; j < 4; ++j) {
      for (std::size_t i = 0; i < 4; ++i) {
        double volume_m3 = 0;
        for (std::size_t row = 25 * j; row < 25 * (j + 1); ++row) {
          for (std::size_t column = 25 * i; column < 25 * (i + 1); ++column) {
            volume_m3 += 400 * solver->depth_m(grid.elevation_m.shape.at(column, row));
          }
        }
        hollow_m3.back().push_back(volume_m3);
        const std::size_t middle = grid.elevation_m.shape.at(25 * i + 12, 25 * j + 12);
        const double level_m = solver->ground_m(middle) + solver->depth_m(middle);
        over_m = std::max(over_m, level_m - spill_m[middle]);
        if (level_m > spill_m[middle] - 0.005) ++full;
      }
    }
    expect_at_most(
        {"flood", name + ": hollows filled by a flood: level over the spill level", "m", source},
        over_m, 0.02);
    EXPECT_GE(full, 3U);
    EXPECT_LT(full, 16U);
    expect_within({"flood", name + ": hollows filled by a flood: water kept", "m³", source},
                  solver->volume_m3(), 20 * 80 * 60, 1e-5);
  }
  double different_m3 = 0;
  for (std::size_t i = 0; i < 16; ++i) {
    different_m3 += std::abs(hollow_m3[0][i] - hollow_m3[1][i]) / 2;
  }
  expect_at_most({"flood",
                  "Hollows filled by a flood: share of the water that the two schemes put into "
                  "different hollows",
                  "", source},
                 different_m3 / (20 * 80 * 60), 0.06);
}

TEST(FloodBenchmarkValidation, AFloodSpreadsOverAPlainAsTheRadialSolutionSays) {
  const std::string source =
      "Test 4 of " + report +
      "; hydrograph straight up in 1 h, level to 4 h; reference: the radial shallow "
      "water equations in cells of 1 m, and bars, ours";
  ComputeArena arena(1);
  const TerrainGrid grid = validation::flat(200, 400, 5, 0.05F);
  const GridShape& shape = grid.elevation_m.shape;
  constexpr int minutes = 180;  // a front reaches the walls later
  const std::vector<double> radii_m{50, 100, 200, 300, 400, std::hypot(300, 300)};
  const std::vector<LocalPoint> points{{50, 1000},  {100, 1000}, {200, 1000},
                                       {300, 1000}, {400, 1000}, {300, 1300}};
  // A closed wall makes half a plain of a whole one that takes twice as much.
  validation::RadialFlood radial(1000, 1, 0.05, 10);
  std::vector<double> expected_min(radii_m.size(), 0);
  for (int minute = 0; minute < minutes; ++minute) {
    radial.advance(60, 2 * hydrograph_m3ps(minute + 0.5, 60, 240, 300));
    for (std::size_t i = 0; i < radii_m.size(); ++i) {
      if (expected_min[i] == 0 && radial.depth_m(radii_m[i]) > 0.01) expected_min[i] = minute + 1;
    }
  }
  std::vector<std::vector<double>> five_points_m;  // [scheme]
  std::vector<validation::Curve> curves{{"radial solution", {}, true}};
  for (double r_m = 10; r_m < 900; r_m += 5)
    curves[0].points.emplace_back(r_m, radial.depth_m(r_m));
  for (const auto& [scheme, name] : schemes) {
    const auto solver = solver_of(scheme, grid, arena);
    std::vector<double> arrived_min(points.size(), 0);
    // A point on the border of cells has the mean of those round it.
    const auto depth_at = [&](LocalPoint at) {
      double sum_m = 0;
      for (const double dx : {-2.5, 2.5}) {
        for (const double dy : {-2.5, 2.5}) {
          sum_m += solver->depth_m(shape.cell_of({at.x_m + dx, at.y_m + dy})) / 4;
        }
      }
      return sum_m;
    };
    for (int minute = 0; minute < minutes; ++minute) {
      pour_in_the_west(*solver, 198, 4, hydrograph_m3ps(minute + 0.5, 60, 240, 300));
      solver->advance(60);
      for (std::size_t i = 0; i < points.size(); ++i) {
        if (arrived_min[i] == 0 && depth_at(points[i]) > 0.01) arrived_min[i] = minute + 1;
      }
    }
    double late = 0;
    std::vector<double> depth_m, depth_expected_m;
    for (std::size_t i = 0; i < points.size(); ++i) {
      late = std::max(late, std::abs(arrived_min[i] - expected_min[i]) / expected_min[i]);
      if (i == 0) continue;  // so near, a line is not a disc
      depth_m.push_back(depth_at(points[i]));
      depth_expected_m.push_back(radial.depth_m(radii_m[i]));
    }
    expect_at_most(
        {"flood", name + ": flood over a plain: arrival at six points, largest error", "", source},
        late, 0.2);
    expect_at_most(
        {"flood", name + ": flood over a plain: depth at five points after 3 h", "", source},
        validation::relative_l1(depth_m, depth_expected_m), 0.05);
    five_points_m.push_back(depth_m);
    validation::Curve curve{name, {}, false};
    for (double x_m = 20; x_m < 900; x_m += 20)
      curve.points.emplace_back(x_m, depth_at({x_m, 1000}));
    curves.push_back(std::move(curve));
  }
  expect_at_most(
      {"flood",
       "Flood over a plain: depth at five points after 3 h, inertial against full equations", "",
       "Neal et al. (2012), How much physical complexity is needed to model flood inundation?, "
       "Hydrol. Process. 26(15), abstract: simpler models within 10 % of a range of industry "
       "models "
       "on the Environment Agency's tests where flow varies gradually"},
      validation::relative_l1(five_points_m[0], five_points_m[1]), 0.1);
  validation::plot("flood", "flood-over-a-plain", "A flood over a plain after 3 h",
                   "m from the breach", "depth, m", curves);
}

}  // namespace
}  // namespace kontwin::flood
