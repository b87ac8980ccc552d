// Rest, rain and balance of the finite volume scheme.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

using validation::Curve;
using validation::expect_at_most;
using validation::expect_within;
using validation::flat;
using validation::plot;
using validation::relative_l1;

/// The largest change of depth round an island in 600 s, every tile kept awake.
template <typename Real>
double lake_moves_m(int order, double level_m) {
  ComputeArena arena(2);
  TerrainGrid grid = flat(100, 80, 10, 0.03F);
  const GridShape& shape = grid.elevation_m.shape;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
    const double away_m = distance_m(at, {480, 420});
    grid.elevation_m.values[cell] = static_cast<float>(
        level_m - 4 + 8 * std::exp(-away_m * away_m / 2e4) + std::sin(at.x_m) / 2);
  }
  FiniteVolumeSolver<Real> solver(grid, {.order = order, .still_mps = -1, .closed_edges = true},
                                  arena);
  std::vector<double> before_m(shape.cells());
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    solver.set_depth(cell, std::max(0.0, level_m - solver.ground_m(cell)));
    before_m[cell] = solver.depth_m(cell);
  }
  solver.advance(600);
  EXPECT_GT(solver.cell_updates(), 500 * shape.cells());
  double worst_m = 0;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    worst_m = std::max(worst_m, std::abs(solver.depth_m(cell) - before_m[cell]));
  }
  return worst_m;
}

TEST(FloodFiniteVolumeValidation, ALakeRoundAnIslandStaysAtRest) {
  const std::string source =
      "Audusse et al. (2004), A fast and stable well-balanced scheme with hydrostatic "
      "reconstruction, SIAM J. Sci. Comput. 25(6)";
  double worst_float = 0;
  double worst_double = 0;
  for (const int order : {1, 2}) {
    for (const double level_m : {4.0 + 1.0 / 3, 519.3}) {
      worst_float = std::max(worst_float, lake_moves_m<float>(order, level_m));
      worst_double = std::max(worst_double, lake_moves_m<double>(order, level_m));
    }
  }
  const std::string what =
      "Finite volumes: lake at rest over an emergent island, 600 s: largest change of level, ";
  expect_at_most({"flood", what + "float32", "m", source}, worst_float, 1e-5);
  expect_at_most({"flood", what + "float64", "m", source}, worst_double, 1e-12);
}

struct Plane {
  std::string name, file;
  double slope, manning_n, cell_m, long_m, rain_mmph;
};

struct RunOff {
  std::vector<double> t_s, q_m2ps, exact_m2ps;
  double froude = 0;  // at three quarters of the way, when steady
};

RunOff rain_on(const Plane& plane, int order) {
  ComputeArena arena(1);
  constexpr std::size_t rows = 4;
  const auto columns = static_cast<std::size_t>(std::llround(plane.long_m / plane.cell_m));
  TerrainGrid grid = flat(columns, rows, plane.cell_m, static_cast<float>(plane.manning_n));
  const GridShape& shape = grid.elevation_m.shape;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    grid.elevation_m.values[cell] =
        static_cast<float>(500 - plane.slope * shape.center(cell % columns, 0).x_m);
  }
  FiniteVolumeSolver<float> solver(grid, {.order = order}, arena);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    for (const GridSide side : {GridSide::west, GridSide::south, GridSide::north}) {
      solver.set_edge(cell, side, {.kind = EdgeCondition::Kind::closed});
    }
  }
  const double rain_mps = plane.rain_mmph * 1e-3 / 3600;
  solver.set_rain(0, rain_mps);
  const double alpha = std::sqrt(plane.slope) / plane.manning_n;
  const double full_s = std::pow(plane.long_m / (alpha * std::pow(rain_mps, 2.0 / 3)), 0.6);
  RunOff run;
  double before_m3 = 0;
  for (int i = 0; i < 120; ++i) {
    const double window_s = full_s / 60;
    solver.advance(window_s);
    const double t_s = (i + 0.5) * window_s;
    run.t_s.push_back(t_s);
    run.q_m2ps.push_back((solver.edge_m3() - before_m3) / window_s / (rows * plane.cell_m));
    before_m3 = solver.edge_m3();
    run.exact_m2ps.push_back(t_s < full_s ? alpha * std::pow(rain_mps * t_s, 5.0 / 3)
                                          : rain_mps * plane.long_m);
  }
  const std::size_t cell = shape.at(3 * columns / 4, 2);
  run.froude = solver.east_mps(cell) / std::sqrt(gravity_mps2 * solver.depth_m(cell));
  return run;
}

TEST(FloodFiniteVolumeValidation, RainOnASlopeRunsOffAsAKinematicWave) {
  const std::string source =
      "Woolhiser and Liggett (1967), Unsteady one-dimensional flow over a plane: the rising "
      "hydrograph, Water Resour. Res. 3(3)";
  // Steps of the ground from cell to cell are 7 to 600 times the depth of water.
  const std::vector<Plane> planes{
      {"Froude number 0.75", "finite_volume_rain_tranquil", 0.02, 0.03, 4, 400, 50},
      {"Froude number 1", "finite_volume_rain_critical", 0.03, 0.0265, 4, 400, 50},
      {"Froude number 1.9", "finite_volume_rain_rapid", 0.04, 0.015, 4, 400, 50},
      {"30 % steep", "finite_volume_rain_steep", 0.3, 0.03, 10, 400, 50}};
  for (const Plane& plane : planes) {
    const RunOff second = rain_on(plane, 2);
    const RunOff first = rain_on(plane, 1);
    const std::string what = "Finite volumes: rain on a plane, " + plane.name + ": ";
    expect_at_most(
        {"flood", what + "relative L1 error of the hydrograph, second order", "", source},
        relative_l1(second.q_m2ps, second.exact_m2ps), 0.02);
    expect_at_most({"flood", what + "relative L1 error of the hydrograph, first order", "", source},
                   relative_l1(first.q_m2ps, first.exact_m2ps), 0.02);
    expect_within({"flood", what + "steady discharge", "m²/s", source}, second.q_m2ps.back(),
                  second.exact_m2ps.back(), 1e-3);
    Curve reference{"kinematic wave", {}, true};
    Curve computed{"computed, second order", {}, false};
    for (std::size_t i = 0; i < second.t_s.size(); ++i) {
      reference.points.emplace_back(second.t_s[i], second.exact_m2ps[i] * 1e3);
      computed.points.emplace_back(second.t_s[i], second.q_m2ps[i] * 1e3);
    }
    plot("flood", plane.file, "Rain of 50 mm/h on a plane of 400 m, " + plane.name, "time (s)",
         "discharge (l/s/m)", {reference, computed});
    if (plane.name == "Froude number 1") {
      EXPECT_NEAR(second.froude, 1, 0.05);
    }
  }
}

template <typename Real>
double worst_balance(int order) {
  ComputeArena arena(2);
  TerrainGrid grid = flat(160, 120, 20, 0.04F);
  const GridShape& shape = grid.elevation_m.shape;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
    const double from_river_m = std::abs(at.y_m - 1200 - 200 * std::sin(at.x_m / 400));
    grid.elevation_m.values[cell] =
        static_cast<float>(530 - 0.001 * at.x_m + (from_river_m < 60 ? -4 : 0.005 * from_river_m) +
                           std::sin(at.x_m / 90) * std::cos(at.y_m / 70));
  }
  FiniteVolumeSolver<Real> solver(grid, {.order = order}, arena);
  solver.set_rain(0, 25e-3 / 3600);
  solver.set_discharge(solver.add_source(std::vector<std::size_t>{shape.cell_of({70, 1230}),
                                                                  shape.cell_of({70, 1250})}),
                       500);
  double worst = 0;
  for (int minute = 0; minute < 60; ++minute) {
    solver.advance(60);
    const double in_m3 = solver.rain_m3() + solver.source_m3();
    worst = std::max(worst, std::abs(solver.volume_m3() + solver.edge_m3() - in_m3) / in_m3);
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) EXPECT_GE(solver.depth_m(cell), 0);
  }
  EXPECT_GT(solver.edge_m3(), 1e5);
  return worst;
}

TEST(FloodFiniteVolumeValidation, WaterIsConservedThroughRainRiverAndOutflow) {
  const std::string source = "Conservation of mass; bar set for this project";
  const std::string what =
      "Finite volumes: water balance over 1 h with rain, river and outflow: relative error, ";
  expect_at_most({"flood", what + "float32", "", source},
                 std::max(worst_balance<float>(1), worst_balance<float>(2)), 1e-6);
  expect_at_most({"flood", what + "float64", "", source}, worst_balance<double>(2), 1e-12);
}

}  // namespace
}  // namespace kontwin::flood
