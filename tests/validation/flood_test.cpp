// Published references of the flood engine's solver.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "scenarios/flood/inertial_solver.hpp"
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

/// A plane that falls to the east between two walls, open at its lower end.
struct Slide {
  Slide(std::size_t columns, double cell_m, double slope, float manning_n)
      : grid(flat(columns, rows, cell_m, manning_n)) {
    for (std::size_t cell = 0; cell < grid.elevation_m.shape.cells(); ++cell) {
      const std::size_t row = cell / columns;
      const double wall_m = row == 0 || row == rows - 1 ? 50 : 0;
      const double x_m = grid.elevation_m.shape.center(cell % columns, 0).x_m;
      grid.elevation_m.values[cell] = static_cast<float>(520 - slope * x_m + wall_m);
    }
  }
  static constexpr std::size_t rows = 5;  // three between the walls
  TerrainGrid grid;
};

TEST(FloodValidation, ALakeRoundAnIslandStaysAtRest) {
  ComputeArena arena(2);
  TerrainGrid grid = flat(100, 80, 10, 0.03F);
  const GridShape& shape = grid.elevation_m.shape;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
    const double away_m = distance_m(at, {480, 420});
    grid.elevation_m.values[cell] =
        static_cast<float>(515 + 8 * std::exp(-away_m * away_m / 2e4) + std::sin(at.x_m) / 2);
  }
  InertialSolver solver(grid, {.closed_edges = true}, arena);
  const double level_m = 519;
  std::vector<double> before_m(shape.cells());
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    solver.set_depth(cell, std::max(0.0, level_m - grid.elevation_m.values[cell]));
    before_m[cell] = solver.depth_m(cell);
  }
  solver.advance(600);
  double worst_m = 0;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    worst_m = std::max(worst_m, std::abs(solver.depth_m(cell) - before_m[cell]));
  }
  expect_at_most(
      {"flood", "Lake at rest over an emergent island, 600 s: largest change of level", "m",
       "Audusse et al. (2004), A fast and stable well-balanced scheme with hydrostatic "
       "reconstruction, SIAM J. Sci. Comput. 25(6)"},
      worst_m, 1e-5);
}

TEST(FloodValidation, AFloodWaveRunsOverAHorizontalPlain) {
  ComputeArena arena(1);
  constexpr double n = 0.01;
  constexpr double speed_mps = 0.635;
  constexpr double cell_m = 25;
  constexpr double end_s = 3600;
  TerrainGrid grid = flat(200, 3, cell_m, static_cast<float>(n));
  InertialSolver solver(grid, {.dry_depth_m = 1e-4, .closed_edges = true}, arena);
  const auto exact_m = [&](double x_m, double t_s) {
    const double behind_m = speed_mps * t_s - x_m;
    return behind_m <= 0 ? 0
                         : std::pow(7.0 / 3 * n * n * speed_mps * speed_mps * behind_m, 3.0 / 7);
  };
  const std::size_t source = solver.add_source(std::vector<std::size_t>{0, 200, 400});
  for (double t_s = 0; t_s < end_s; t_s += 5) {
    solver.set_discharge(source, 3 * cell_m * speed_mps * exact_m(0, t_s + 2.5));
    solver.advance(5);
  }
  std::vector<double> computed_m, reference_m;
  Curve computed{"computed", {}, false};
  Curve reference{"Hunter et al. (2005)", {}, true};
  double front_m = 0;
  for (std::size_t column = 0; column < 120; ++column) {
    const double x_m = grid.elevation_m.shape.center(column, 1).x_m;
    computed_m.push_back(solver.depth_m(200 + column));
    reference_m.push_back(exact_m(x_m, end_s));
    computed.points.emplace_back(x_m, computed_m.back());
    reference.points.emplace_back(x_m, reference_m.back());
    if (computed_m.back() > 0.05) front_m = x_m + cell_m / 2;
  }
  const std::string source_text =
      "Hunter et al. (2005), An adaptive time step solution for raster-based storage cell "
      "modelling, "
      "Adv. Water Resour. 28; Bates et al. (2010), J. Hydrol. 387, fig. 3";
  // The front is first order: it may lag by a cell or two, and a cell is 1.1 % of its way.
  expect_at_most(
      {"flood", "Flood wave over a horizontal plain: relative L1 error of depth", "", source_text},
      relative_l1(computed_m, reference_m), 0.03);
  expect_within({"flood", "Flood wave over a horizontal plain: place of the front after 1 h", "m",
                 source_text},
                front_m, speed_mps * end_s, 0.03);
  plot("flood", "horizontal_plain", "Flood wave over a horizontal plain after 1 h", "x (m)",
       "depth (m)", {reference, computed});
}

TEST(FloodValidation, RainOnASlopeRunsOffAsAKinematicWave) {
  ComputeArena arena(1);
  constexpr double n = 0.03;
  constexpr double slope = 0.02;
  constexpr double rain_mps = 50e-3 / 3600;
  constexpr std::size_t columns = 100;
  constexpr double cell_m = 4;
  constexpr double long_m = columns * cell_m;
  Slide slide(columns, cell_m, slope, static_cast<float>(n));
  InertialSolver solver(slide.grid, {.dry_depth_m = 1e-5}, arena);
  // It rains between the walls only: on them it would run down beside the plane.
  const std::size_t rain = solver.add_source([&] {
    std::vector<std::size_t> cells;
    for (std::size_t cell = columns; cell < 4 * columns; ++cell) cells.push_back(cell);
    return cells;
  }());
  solver.set_discharge(rain, rain_mps * 3 * columns * cell_m * cell_m);
  const double alpha = std::sqrt(slope) / n;
  const double full_s = std::pow(long_m / (alpha * std::pow(rain_mps, 2.0 / 3)), 0.6);
  Curve computed{"computed", {}, false};
  Curve reference{"kinematic wave", {}, true};
  std::vector<double> computed_q, reference_q;
  double before_m3 = 0;
  for (double t_s = 30; t_s <= 2 * full_s; t_s += 30) {
    solver.advance(30);
    const double q = (solver.edge_m3() - before_m3) / 30 / (3 * cell_m);
    before_m3 = solver.edge_m3();
    const double middle_s = t_s - 15;
    const double exact =
        middle_s < full_s ? alpha * std::pow(rain_mps * middle_s, 5.0 / 3) : rain_mps * long_m;
    computed_q.push_back(q);
    reference_q.push_back(exact);
    computed.points.emplace_back(middle_s, q * 1e3);
    reference.points.emplace_back(middle_s, exact * 1e3);
  }
  const std::string source =
      "Woolhiser and Liggett (1967), Unsteady one-dimensional flow over a plane: the rising "
      "hydrograph, Water Resour. Res. 3(3)";
  expect_within({"flood", "Rain on a sloping plane: steady discharge against rain times area",
                 "m²/s", source},
                computed_q.back(), rain_mps * long_m, 0.005);
  expect_at_most(
      {"flood", "Rain on a sloping plane: relative L1 error of the hydrograph", "", source},
      relative_l1(computed_q, reference_q), 0.03);
  plot("flood", "rain_on_slope", "Rain of 50 mm/h on a plane of 400 m at 2 %", "time (s)",
       "discharge (l/s/m)", {reference, computed});
}

TEST(FloodValidation, ASteadyRiverFlowsAtNormalDepth) {
  ComputeArena arena(1);
  constexpr double n = 0.035;
  constexpr double slope = 0.002;
  const Slide slide(400, 20, slope, static_cast<float>(n));
  InertialSolver solver(slide.grid, {}, arena);
  constexpr double q = 4;
  solver.set_discharge(solver.add_source(std::vector<std::size_t>{403, 803, 1203}), q * 60);
  solver.advance(4 * 3600);
  expect_within({"flood", "Steady uniform flow, 4 m²/s at 0.2 %: depth against Manning's", "m",
                 "Chow (1959), Open-Channel Hydraulics, ch. 6"},
                solver.depth_m(900), std::pow(q * n / std::sqrt(slope), 0.6), 0.005);
}

TEST(FloodValidation, WaterIsConservedThroughADayOfRainRiverAndOutflow) {
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
  InertialSolver solver(grid, {}, arena);
  solver.set_rain(0, 25e-3 / 3600);
  solver.set_discharge(solver.add_source(std::vector<std::size_t>{shape.cell_of({70, 1230}),
                                                                  shape.cell_of({70, 1250})}),
                       500);
  double worst = 0;
  double lowest_m = 0;
  for (int hour = 0; hour < 12; ++hour) {
    for (int minute = 0; minute < 60; ++minute) solver.advance(60);
    const double in_m3 = solver.rain_m3() + solver.source_m3();
    worst = std::max(worst, std::abs(solver.volume_m3() + solver.edge_m3() - in_m3) / in_m3);
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      lowest_m = std::min(lowest_m, solver.depth_m(cell));
    }
  }
  const std::string source = "Conservation of mass; bar set for this project";
  expect_at_most(
      {"flood", "Water balance over 12 h with rain, river and outflow: relative error", "", source},
      worst, 1e-6);
  expect_at_most({"flood", "Depth below 0 anywhere in the same run", "m", source},
                 std::max(0.0, -lowest_m), 0);
  EXPECT_GT(solver.edge_m3(), 1e6);
}

}  // namespace
}  // namespace kontwin::flood
