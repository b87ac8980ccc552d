// What holds of any scheme.
#include "scenarios/flood/shallow_water_solver.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "scenarios/flood/scheme.hpp"
#include "twin/place_error.hpp"

namespace kontwin::flood {
namespace {

/// A channel of 60 x 12 cells that falls 1 in 200 to the east, fed at its upper end.
class AnyScheme : public ::testing::TestWithParam<FloodScheme> {
 protected:
  AnyScheme() {
    const GridShape shape{.cell_m = 10, .columns = 60, .rows = 12};
    grid = {"test", Raster<float>(shape, 0), Raster<float>(shape, 0.03F)};
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      grid.elevation_m.values[cell] =
          static_cast<float>(100 - 0.005 * shape.center(cell % shape.columns, 0).x_m);
    }
    FloodOptions options;
    options.scheme = GetParam();
    solver = make_solver(grid, options, arena);
    std::vector<std::size_t> inlet;
    for (std::size_t row = 0; row < shape.rows; ++row) inlet.push_back(shape.at(1, row));
    source = solver->add_source(inlet);
    solver->set_discharge(source, 60);
  }
  std::vector<float> depths(const ShallowWaterSolver& of) const {
    std::vector<float> all(grid.elevation_m.shape.cells());
    of.copy_depths(all);
    return all;
  }
  double error_m3() const {
    return solver->volume_m3() + solver->edge_m3() - solver->set_m3() - solver->source_m3();
  }

  ComputeArena arena{1};
  TerrainGrid grid;
  std::unique_ptr<ShallowWaterSolver> solver;
  std::size_t source = 0;
};

TEST_P(AnyScheme, ACopyGoesOnByItselfToTheSameBits) {
  solver->advance(120);
  const auto copy = solver->clone();
  copy->advance(60);
  const auto of_copy = depths(*copy);
  EXPECT_NE(depths(*solver), of_copy) << "what it does is not done to the other";
  solver->advance(60);
  EXPECT_EQ(depths(*solver), of_copy);
  EXPECT_EQ(solver->edge_m3(), copy->edge_m3());
}

TEST_P(AnyScheme, WaterThatIsAddedOrTakenIsCountedAndFlowsOn) {
  solver->advance(600);
  const std::size_t cell = grid.elevation_m.shape.at(20, 6);
  const double before_m = solver->depth_m(cell);
  const double set_before_m3 = solver->set_m3();
  std::vector<float> east(grid.elevation_m.shape.cells()), north(east.size());
  solver->change_depth(cell, 0.05);
  solver->copy_velocities(east, north);
  EXPECT_NEAR(solver->depth_m(cell), before_m + 0.05, 1e-6);
  EXPECT_NEAR(solver->set_m3() - set_before_m3, 5, 1e-3);
  EXPECT_GT(east[cell], 0.3) << "it is not brought to rest";
  solver->change_depth(cell, -100);
  EXPECT_EQ(solver->depth_m(cell), 0) << "no more is taken than there is";
  solver->advance(60);
  EXPECT_NEAR(error_m3(), 0, 1e-3);
}

TEST_P(AnyScheme, StandsAsDeepAsManningsFormulaSaysAtARoughnessThatIsChanged) {
  const std::size_t cell = grid.elevation_m.shape.at(30, 6);
  const auto normal_depth_m = [](double n) {
    return std::pow(60.0 / 120 * n / std::sqrt(0.005), 0.6);
  };
  solver->advance(1800);
  EXPECT_NEAR(solver->depth_m(cell), normal_depth_m(0.03), 0.02 * normal_depth_m(0.03));
  solver->set_roughness_factor(1.5);
  solver->set_roughness_factor(2);
  solver->advance(1800);
  EXPECT_NEAR(solver->depth_m(cell), normal_depth_m(0.06), 0.02 * normal_depth_m(0.06));
}

/// Not what is left of it when it has flowed on: water that is fed into a channel stands there no
/// lower than below.
TEST_P(AnyScheme, TheDepthOfACellWithASourceIsTheOneThatItsFlowIsOf) {
  solver->advance(1800);
  const GridShape& shape = grid.elevation_m.shape;
  const double normal_m = solver->depth_m(shape.at(30, 6));
  EXPECT_NEAR(normal_m, std::pow(0.5 * 0.03 / std::sqrt(0.005), 0.6), 0.01 * normal_m);
  // At most the head of the flow below, whose velocity the source's water does not have yet.
  const double speed_mps = 0.5 / normal_m;
  EXPECT_GE(solver->depth_m(shape.at(1, 6)), normal_m);
  EXPECT_LE(solver->depth_m(shape.at(1, 6)), 1.05 * (normal_m + speed_mps * speed_mps / 19.62));
}

/// A cell that rises while its neighbours do not.
TEST_P(AnyScheme, NamesTheCellWhoseWaterIsTooDeep) {
  const GridShape& shape = grid.elevation_m.shape;
  for (float& height_m : grid.elevation_m.values) height_m = 500;
  grid.elevation_m.at(21, 9) = 10;
  FloodOptions options;
  options.scheme = GetParam();
  options.closed_edges = true;
  const auto pit = make_solver(grid, options, arena);
  pit->set_discharge(pit->add_source(std::vector<std::size_t>{shape.at(21, 9)}), 100);
  try {
    pit->advance(3600);
    FAIL() << "it goes on";
  } catch (const PlaceError& error) {
    EXPECT_EQ(error.at(), shape.center(21, 9));
  }
}

/// The step is as long as the shortest waves allow, whatever is asked for.
TEST_P(AnyScheme, DeepWaterThatIsStirredGrowsCalmer) {
  for (const double theta : {0.2, 0.6, 0.9, 1.0}) {
    for (float& height_m : grid.elevation_m.values) height_m = 0;
    FloodOptions options;
    options.scheme = GetParam();
    options.closed_edges = true;
    options.theta = theta;
    options.courant = 1;
    const auto pool = make_solver(grid, options, arena);
    for (std::size_t cell = 0; cell < grid.elevation_m.shape.cells(); ++cell) {
      pool->set_depth(cell, cell == grid.elevation_m.shape.at(20, 6) ? 10.5 : 10);
    }
    pool->advance(1200);
    const auto after_m = depths(*pool);
    EXPECT_LT(*std::ranges::max_element(after_m) - *std::ranges::min_element(after_m), 0.25F)
        << theta;
  }
}

INSTANTIATE_TEST_SUITE_P(Schemes, AnyScheme,
                         ::testing::Values(FloodScheme::inertial, FloodScheme::finite_volume),
                         [](const auto& scheme) {
                           return scheme.param == FloodScheme::inertial ? "inertial"
                                                                        : "finite_volume";
                         });

}  // namespace
}  // namespace kontwin::flood
