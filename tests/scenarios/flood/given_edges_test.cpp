#include "scenarios/flood/given_edges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/flood/scheme.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {
namespace {

using ::testing::HasSubstr;
using testing::message_of;

TimeSeries steady(double value) { return {{Instant{}}, {value}, TimeSeries::Between::hold}; }

/// A channel of 60 x 12 cells of 10 m, closed but for what a test opens.
class GivenEdgesOfAnyScheme : public ::testing::TestWithParam<FloodScheme> {
 protected:
  void make(double slope) {
    const GridShape shape{.cell_m = 10, .columns = 60, .rows = 12};
    TerrainGrid grid{"test", Raster<float>(shape, 0), Raster<float>(shape, 0.03F)};
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      grid.elevation_m.values[cell] =
          static_cast<float>(10 - slope * shape.center(cell % shape.columns, 0).x_m);
    }
    FloodOptions options;
    options.scheme = GetParam();
    options.closed_edges = true;
    solver = make_solver(grid, options, arena);
  }
  void run(const std::vector<EdgePlan>& plans, int minutes) {
    const GivenEdges edges(plans, *solver);
    for (int minute = 0; minute < minutes; ++minute) {
      edges.set(Instant{std::chrono::minutes(minute)}, Instant{std::chrono::minutes(minute + 1)},
                *solver);
      solver->advance(60);
    }
    EXPECT_NEAR(solver->volume_m3(), solver->set_m3() + solver->source_m3() - solver->edge_m3(),
                1e-9 * (1 + solver->source_m3()));
  }

  ComputeArena arena{1};
  std::unique_ptr<ShallowWaterSolver> solver;
};

TEST_P(GivenEdgesOfAnyScheme, AStageFillsABasinToItsLevelAndDrainsItAgain) {
  make(0);
  EdgePlan sea{.side = GridSide::east, .kind = EdgeCondition::Kind::stage};
  sea.over_time = {
      {Instant{}, Instant{std::chrono::hours(5)}}, {11.5, 10.5}, TimeSeries::Between::hold};
  run({sea}, 240);
  EXPECT_NEAR(solver->depth_m(5), 1.5, 0.02);
  EXPECT_NEAR(solver->source_m3() - solver->edge_m3(), 1.5 * 72000, 0.02 * 72000);
  const GivenEdges edges({sea}, *solver);
  edges.set(Instant{std::chrono::hours(6)}, Instant{std::chrono::hours(6)}, *solver);
  solver->advance(6 * 3600);
  EXPECT_NEAR(solver->depth_m(5), 0.5, 0.02);
}

TEST_P(GivenEdgesOfAnyScheme, ADischargeRunsDownAtNormalDepthAndOutOnASlope) {
  make(0.005);
  const EdgePlan in{
      .side = GridSide::west, .kind = EdgeCondition::Kind::discharge, .over_time = steady(60)};
  const EdgePlan out{.side = GridSide::east, .kind = EdgeCondition::Kind::slope, .slope = 0.005};
  run({in, out}, 60);
  const double normal_m = std::pow(60.0 / 120 * 0.03 / std::sqrt(0.005), 0.6);
  for (const std::size_t column : {30U, 59U}) {
    EXPECT_NEAR(solver->depth_m(solver->shape().at(column, 6)), normal_m, 0.02 * normal_m);
  }
  EXPECT_NEAR(solver->source_m3(), 60 * 3600, 1);
  EXPECT_GT(solver->edge_m3(), 0.7 * 60 * 3600);
}

TEST_P(GivenEdgesOfAnyScheme, AStageDeeperThanAnyWaterMayBeIsRefusedWithItsPlace) {
  make(0.01);
  EdgePlan sea{.side = GridSide::east, .kind = EdgeCondition::Kind::stage};
  sea.over_time = {{Instant{}, Instant{std::chrono::hours(1)}}, {11, 1100}};
  EXPECT_THAT(message_of<ScenarioError>([&] { GivenEdges({sea}, *solver); }),
              HasSubstr("a stage of 1100.000000 m stands 1095.95"));
  // As deep as may be.
  sea.over_time.value[1] = 104;
  const GivenEdges edges({sea}, *solver);
}

TEST_P(GivenEdgesOfAnyScheme, APartOfASideIsGivenByTwoPlaces) {
  make(0);
  EdgePlan in{.side = GridSide::west,
              .part = {{{-50, 20}, {80, 40}}},
              .kind = EdgeCondition::Kind::discharge,
              .over_time = steady(2)};
  const GivenEdges edges({in}, *solver);
  edges.set(Instant{}, Instant{}, *solver);
  solver->advance(1);
  EXPECT_EQ(solver->depth_m(solver->shape().at(0, 1)), 0);
  EXPECT_GT(solver->depth_m(solver->shape().at(0, 2)), 0);
  EXPECT_GT(solver->depth_m(solver->shape().at(0, 3)), 0);
  EXPECT_EQ(solver->depth_m(solver->shape().at(0, 4)), 0);
  in.part = {{{0, 500}, {0, 600}}};
  EXPECT_THAT(message_of<ScenarioError>([&] { GivenEdges none({in}, *solver); }),
              HasSubstr("flood.edge west: no cell"));
  in.part.reset();
  in.over_time = steady(-1);
  EXPECT_THAT(message_of<ScenarioError>([&] { GivenEdges none({in}, *solver); }),
              HasSubstr("below 0"));
}

INSTANTIATE_TEST_SUITE_P(Schemes, GivenEdgesOfAnyScheme,
                         ::testing::Values(FloodScheme::inertial, FloodScheme::finite_volume),
                         [](const auto& scheme) {
                           return scheme.param == FloodScheme::inertial ? "inertial"
                                                                        : "finite_volume";
                         });

}  // namespace
}  // namespace kontwin::flood
