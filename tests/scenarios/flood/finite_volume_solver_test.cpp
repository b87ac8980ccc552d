#include "scenarios/flood/finite_volume_solver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/scenarios/flood/level_ground.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {
namespace {

using ::testing::HasSubstr;
using testing::level_ground;

/// Hills and a valley that falls to the east, with heights that are no round numbers.
TerrainGrid hills(std::size_t columns, std::size_t rows) {
  TerrainGrid grid = level_ground(columns, rows, 10, 0.03F);
  const GridShape& shape = grid.elevation_m.shape;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const LocalPoint at = shape.center(cell % columns, cell / columns);
    const double from_valley_m = std::abs(at.y_m - 5 * static_cast<double>(rows));
    grid.elevation_m.values[cell] =
        static_cast<float>(500 - 0.01 * at.x_m + 0.02 * from_valley_m +
                           2 * std::sin(at.x_m / 37) * std::cos(at.y_m / 29));
  }
  return grid;
}

/// Rain, a river, a wall and open edges at once.
template <typename Real>
void set_everything_going(FiniteVolumeSolver<Real>& solver) {
  const GridShape& shape = solver.shape();
  solver.set_rain(0, 80e-3 / 3600);
  const std::size_t middle = shape.rows / 2;
  const std::vector<std::size_t> inlet{shape.at(2, middle), shape.at(2, middle + 1)};
  solver.set_discharge(solver.add_source(inlet), 60);
  for (std::size_t row = middle - 5; row < middle + 5; ++row) {
    const std::size_t cell = shape.at(shape.columns / 2, row);
    solver.wall_at_left(cell, solver.ground_m(cell) + 1);
  }
  solver.set_trickle(solver.add_trickle(shape.at(70, 5)), 0.01);
}

template <typename Real>
struct FiniteVolumeSolverOf : ::testing::Test {
  using Solver = FiniteVolumeSolver<Real>;
  ComputeArena arena{2};
};
using Reals = ::testing::Types<float, double>;
TYPED_TEST_SUITE(FiniteVolumeSolverOf, Reals);

TYPED_TEST(FiniteVolumeSolverOf, WaterIsConservedThroughRainRiverWallsAndOutflow) {
  for (const int order : {1, 2}) {
    typename TestFixture::Solver solver(hills(130, 60), {.order = order}, this->arena);
    set_everything_going(solver);
    for (int minute = 0; minute < 20; ++minute) {
      solver.advance(60);
      const double came_m3 = solver.rain_m3() + solver.source_m3();
      ASSERT_NEAR(solver.volume_m3() + solver.edge_m3(), came_m3, 1e-13 * came_m3);
    }
    EXPECT_NEAR(solver.rain_m3(), 80e-3 / 3 * 1300 * 600, 1);
    EXPECT_NEAR(solver.source_m3() + solver.carried_m3(), (60 + 0.01) * 1200, 0.1);
    EXPECT_GT(solver.edge_m3(), 1000);
    for (std::size_t cell = 0; cell < solver.shape().cells(); ++cell) {
      ASSERT_GE(solver.depth_m(cell), 0);
    }
  }
}

TYPED_TEST(FiniteVolumeSolverOf, TheSameBitsComeOutOnOneThreadAndOnTwo) {
  ComputeArena one(1);
  typename TestFixture::Solver alone(hills(200, 90), {}, one);
  typename TestFixture::Solver shared(hills(200, 90), {}, this->arena);
  for (auto* solver : {&alone, &shared}) {
    set_everything_going(*solver);
    solver->advance(600);
  }
  for (std::size_t cell = 0; cell < alone.shape().cells(); ++cell) {
    ASSERT_EQ(alone.depth_m(cell), shared.depth_m(cell)) << cell;
    ASSERT_EQ(alone.east_mps(cell), shared.east_mps(cell)) << cell;
    ASSERT_EQ(alone.north_mps(cell), shared.north_mps(cell)) << cell;
  }
  EXPECT_EQ(alone.edge_m3(), shared.edge_m3());
}

TYPED_TEST(FiniteVolumeSolverOf, LoneColumnsOfWaterSpreadWithoutALossOrADepthBelowNothing) {
  // Each falls into the dry on all four sides, the hardest case for a depth to stay above 0.
  for (const int order : {1, 2}) {
    typename TestFixture::Solver solver(level_ground(90, 40, 1, 0),
                                        {.courant = 1, .order = order, .closed_edges = true},
                                        this->arena);
    for (std::size_t cell = 47; cell < solver.shape().cells(); cell += 97) {
      solver.set_depth(cell, 0.1 + 0.1 * static_cast<double>(cell % 50));
    }
    const double before_m3 = solver.volume_m3();
    for (int step = 0; step < 200; ++step) {
      solver.advance(0.05);
      for (std::size_t cell = 0; cell < solver.shape().cells(); ++cell) {
        ASSERT_GE(solver.depth_m(cell), 0);
      }
    }
    EXPECT_EQ(solver.volume_m3(), before_m3);
    EXPECT_EQ(solver.set_m3(), before_m3);
  }
}

TYPED_TEST(FiniteVolumeSolverOf, NotesTheWorstThatCellsSawBetweenCalls) {
  typename TestFixture::Solver solver(level_ground(100, 40, 5, 0.03F), {.closed_edges = true},
                                      this->arena);
  const GridShape& shape = solver.shape();
  for (std::size_t row = 18; row < 22; ++row) {
    for (std::size_t column = 0; column < 10; ++column) solver.set_depth(shape.at(column, row), 4);
  }
  PeakMaps peaks(shape, 0.05);
  EXPECT_TRUE(solver.record_peaks(&peaks));
  solver.advance(600);
  const std::size_t near = shape.at(15, 20);
  EXPECT_EQ(peaks.depth_m()[shape.at(3, 20)], 4);
  EXPECT_GT(peaks.depth_m()[near], 2 * solver.depth_m(near));
  EXPECT_GT(peaks.speed_mps()[near], 1);
  EXPECT_GT(peaks.arrival_s()[shape.at(25, 20)], peaks.arrival_s()[near]);
  EXPECT_LT(peaks.arrival_s()[near], 20);
}

TYPED_TEST(FiniteVolumeSolverOf, FlowIsTheSameInAllDirections) {
  // A column in the middle of a square: mirrored and turned, the same depths.
  constexpr std::size_t size = 41;
  typename TestFixture::Solver solver(level_ground(size, size, 2, 0.03F), {.closed_edges = true},
                                      this->arena);
  solver.set_depth(solver.shape().at(20, 20), 5);
  solver.advance(10);
  for (std::size_t row = 0; row < size; ++row) {
    for (std::size_t column = 0; column < size; ++column) {
      const double depth_m = solver.depth_m(solver.shape().at(column, row));
      const double last = size - 1;
      ASSERT_NEAR(depth_m, solver.depth_m(solver.shape().at(size - 1 - column, row)), 1e-5) << last;
      ASSERT_NEAR(depth_m, solver.depth_m(solver.shape().at(row, column)), 1e-5);
    }
  }
  EXPECT_GT(solver.depth_m(solver.shape().at(25, 20)), 1e-3);
}

TEST(FiniteVolumeSolver, StillLakesAndDryLandCostNothing) {
  ComputeArena arena(1);
  FiniteVolumeSolver<float> solver(hills(160, 80), {.closed_edges = true}, arena);
  for (std::size_t cell = 0; cell < solver.shape().cells(); ++cell) {
    solver.set_depth(cell, std::max(0.0, 492.3 - solver.ground_m(cell)));
  }
  ASSERT_GT(solver.volume_m3(), 1000);
  solver.advance(60);
  const std::uint64_t before = solver.cell_updates();
  solver.advance(600);
  EXPECT_EQ(solver.cell_updates(), before);
}

TEST(FiniteVolumeSolver, OnlyTilesNearMovingWaterAreComputed) {
  ComputeArena arena(1);
  FiniteVolumeSolver<float> solver(level_ground(640, 640, 10, 0.03F), {}, arena);
  solver.set_depth(solver.shape().at(320, 320), 1);
  solver.advance(1);
  EXPECT_LE(solver.cell_updates(), solver.steps() * 5 * Tiling::columns * Tiling::rows);
}

TEST(FiniteVolumeSolver, AStillPoolWakesWhenWaterComes) {
  ComputeArena arena(1);
  FiniteVolumeSolver<float> solver(level_ground(200, 8, 10, 0), {.closed_edges = true}, arena);
  for (std::size_t cell = 0; cell < solver.shape().cells(); ++cell) solver.set_depth(cell, 1);
  solver.advance(60);
  for (std::size_t row = 0; row < 8; ++row) solver.set_depth(solver.shape().at(0, row), 5);
  const double before_m3 = solver.volume_m3();
  solver.advance(300);
  EXPECT_GT(std::abs(solver.depth_m(solver.shape().at(70, 4)) - 1), 1e-3);
  EXPECT_EQ(solver.volume_m3(), before_m3);
}

TEST(FiniteVolumeSolver, RainFallsOnItsZoneAndNotUnderRoofs) {
  ComputeArena arena(1);
  FiniteVolumeSolver<float> solver(level_ground(128, 8, 10, 1), {.closed_edges = true}, arena);
  solver.set_rain_zones(2, {0, 1, 0, 0});
  solver.set_rain(1, 1e-5);
  solver.keep_rain_off(std::vector<std::size_t>{40, 41, 41});
  solver.advance(100);
  EXPECT_NEAR(solver.rain_m3(), 1e-3 * (32 * 8 - 2) * 100, 1e-2);
  EXPECT_NEAR(solver.volume_m3(), solver.rain_m3(), 1e-9);
  EXPECT_EQ(solver.depth_m(100), 0);
}

TEST(FiniteVolumeSolver, SaysWhereWaterGotTooDeep) {
  ComputeArena arena(1);
  TerrainGrid pit = level_ground(40, 16, 10, 0.03F);
  for (float& ground : pit.elevation_m.values) ground = 500;
  pit.elevation_m.at(20, 9) = 10;
  FiniteVolumeSolver<float> solver(pit, {.closed_edges = true}, arena);
  solver.set_discharge(solver.add_source(std::vector<std::size_t>{pit.elevation_m.shape.at(20, 9)}),
                       100);
  const std::string message = testing::message_of<ScenarioError>([&] { solver.advance(3600); });
  EXPECT_THAT(message, HasSubstr("x 205, y 95"));
  EXPECT_THAT(message, HasSubstr("check the inflow"));
}

TEST(FiniteVolumeSolver, SaysWhereAVelocityIsNoNumber) {
  ComputeArena arena(1);
  FiniteVolumeSolver<float> solver(level_ground(40, 16, 10, 0), {}, arena);
  solver.set_depth(45, 1);
  solver.set_velocity(45, std::numeric_limits<double>::quiet_NaN(), 0);
  EXPECT_THAT(testing::message_of<ScenarioError>([&] { solver.advance(1); }),
              HasSubstr("x 55, y 15"));
}

TEST(FiniteVolumeSolver, RefusesGroundWithHolesAndSettingsOutOfRange) {
  ComputeArena arena(1);
  TerrainGrid hole = level_ground(5, 4, 10, 0.03F);
  hole.elevation_m.at(3, 2) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(
      testing::message_of<ScenarioError>([&] { FiniteVolumeSolver<float>(hole, {}, arena); }),
      HasSubstr("x 35, y 25"));
  const TerrainGrid whole = level_ground(5, 4, 10, 0.03F);
  EXPECT_THAT(testing::message_of<ScenarioError>(
                  [&] { FiniteVolumeSolver<float>(whole, {.order = 3}, arena); }),
              HasSubstr("flood.order"));
  EXPECT_THAT(testing::message_of<ScenarioError>(
                  [&] { FiniteVolumeSolver<float>(whole, {.courant = 1.5}, arena); }),
              HasSubstr("flood.courant"));
}

TEST(FiniteVolumeSolver, AGridOfOneCellHoldsItsRain) {
  ComputeArena arena(1);
  FiniteVolumeSolver<double> solver(level_ground(1, 1, 10, 0.03F), {.closed_edges = true}, arena);
  solver.set_rain(0, 1e-5);
  solver.advance(1000);
  EXPECT_NEAR(solver.depth_m(0), 0.01, 1e-9);
}

}  // namespace
}  // namespace kontwin::flood
