// Walls and the grid's edge in the finite volume scheme.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "tests/scenarios/flood/level_ground.hpp"

namespace kontwin::flood {
namespace {

using testing::level_ground;
using Edge = EdgeCondition::Kind;

TEST(FiniteVolumeSolver, AWallHoldsWaterUpToItsTop) {
  ComputeArena arena(1);
  for (const int order : {1, 2}) {
    FiniteVolumeSolver<float> solver(level_ground(60, 20, 5, 0.02F),
                                     {.order = order, .closed_edges = true}, arena);
    const GridShape& shape = solver.shape();
    for (std::size_t row = 0; row < 20; ++row) solver.wall_at_left(shape.at(33, row), 12);
    for (std::size_t column = 0; column < 33; ++column) solver.wall_below(shape.at(column, 8), 12);
    for (std::size_t row = 8; row < 20; ++row) {
      for (std::size_t column = 0; column < 33; ++column) {
        solver.set_depth(shape.at(column, row), 1.9);
      }
    }
    solver.advance(120);
    EXPECT_NEAR(solver.depth_m(shape.at(32, 15)), 1.9, 1e-5);
    EXPECT_EQ(solver.depth_m(shape.at(33, 15)), 0);
    EXPECT_EQ(solver.depth_m(shape.at(20, 7)), 0);
  }
}

TEST(FiniteVolumeSolver, WaterOverAWallFlowsAsOverABroadCrestedWeirAtMost) {
  ComputeArena arena(1);
  FiniteVolumeSolver<float> solver(level_ground(200, 4, 5, 0), {.closed_edges = true}, arena);
  const GridShape& shape = solver.shape();
  for (std::size_t row = 0; row < 4; ++row) {
    solver.wall_at_left(shape.at(100, row), 14);
    for (std::size_t column = 0; column < 100; ++column) {
      solver.set_depth(shape.at(column, row), 4.5);
    }
  }
  const auto beyond_m2 = [&] {
    double sum = 0;
    for (std::size_t column = 100; column < 200; ++column) {
      sum += 5 * solver.depth_m(shape.at(column, 2));
    }
    return sum;
  };
  solver.advance(20);
  const double before = beyond_m2();
  solver.advance(10);
  const double weir_m2ps = std::pow(2.0 / 3, 1.5) * std::sqrt(gravity_mps2) * std::pow(0.5, 1.5);
  EXPECT_LT((beyond_m2() - before) / 10, weir_m2ps * 1.02);
  EXPECT_GT((beyond_m2() - before) / 10, weir_m2ps * 0.8);
}

TEST(FiniteVolumeSolver, AWallUnderItsGroundIsNoWall) {
  ComputeArena arena(1);
  std::vector<double> depths;
  for (const double top_m : {0.0, 9.0}) {
    FiniteVolumeSolver<float> solver(level_ground(40, 4, 5, 0), {.closed_edges = true}, arena);
    const GridShape& shape = solver.shape();
    for (std::size_t row = 0; row < 4; ++row) {
      if (top_m > 0) solver.wall_at_left(shape.at(20, row), top_m);
      for (std::size_t column = 0; column < 20; ++column)
        solver.set_depth(shape.at(column, row), 1);
    }
    solver.advance(5);
    depths.push_back(solver.depth_m(shape.at(21, 1)));
  }
  EXPECT_EQ(depths[0], depths[1]);
  EXPECT_GT(depths[0], 0.1);
}

TEST(FiniteVolumeSolver, AStageAtTheEdgeFillsTheGridToItself) {
  ComputeArena arena(1);
  FiniteVolumeSolver<float> solver(level_ground(50, 6, 10, 0.2F), {.closed_edges = true}, arena);
  for (std::size_t row = 0; row < 6; ++row) {
    solver.set_edge(solver.shape().at(0, row), GridSide::west,
                    {.kind = Edge::stage, .stage_m = 11.5});
  }
  solver.advance(2 * 3600);
  EXPECT_NEAR(solver.depth_m(solver.shape().at(49, 3)), 1.5, 1e-3);
  EXPECT_NEAR(solver.volume_m3(), 1.5 * 500 * 60, 30);
  EXPECT_NEAR(solver.source_m3() - solver.edge_m3(), solver.volume_m3(), 1e-6);
  for (std::size_t row = 0; row < 6; ++row) {
    solver.set_edge(solver.shape().at(0, row), GridSide::west,
                    {.kind = Edge::stage, .stage_m = 10.5});
  }
  solver.advance(6 * 3600);
  EXPECT_NEAR(solver.depth_m(solver.shape().at(49, 3)), 0.5, 2e-3);
}

TEST(FiniteVolumeSolver, ADischargeAtTheEdgeBringsWhatItSays) {
  ComputeArena arena(1);
  FiniteVolumeSolver<double> solver(level_ground(50, 6, 10, 0.03F), {.closed_edges = true}, arena);
  for (std::size_t row = 0; row < 6; ++row) {
    solver.set_edge(solver.shape().at(49, row), GridSide::east,
                    {.kind = Edge::discharge, .discharge_m2ps = 0.75});
  }
  solver.advance(120);
  EXPECT_NEAR(solver.volume_m3(), 0.75 * 60 * 120, 1e-6);
  EXPECT_LT(solver.east_mps(solver.shape().at(48, 3)), -0.1);
}

TEST(FiniteVolumeSolver, WaterLeavesWhereTheEdgeFallsAndStaysWhereItRises) {
  ComputeArena arena(1);
  for (const double slope : {0.01, -0.01}) {
    FiniteVolumeSolver<float> solver(level_ground(40, 4, 10, 0.03F), {}, arena);
    const GridShape& shape = solver.shape();
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      solver.set_edge_slope(cell, -1);
      solver.set_depth(cell, 1);
    }
    for (std::size_t row = 0; row < 4; ++row) solver.set_edge_slope(shape.at(39, row), slope);
    solver.advance(600);
    EXPECT_EQ(solver.edge_m3() > 100, slope > 0);
    EXPECT_EQ(solver.volume_m3() + solver.edge_m3(), solver.set_m3());
  }
}

}  // namespace
}  // namespace kontwin::flood
