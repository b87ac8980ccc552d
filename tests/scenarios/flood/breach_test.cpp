#include "scenarios/flood/breach.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/flood/barrier.hpp"
#include "scenarios/flood/levee_breach.hpp"
#include "scenarios/flood/scheme.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {
namespace {

using ::testing::HasSubstr;
using testing::message_of;

TEST(Breach, TheFormulasComeNearTheTetonDam) {
  // 310 hm³, 86.9 m, piped: 151 m wide on the mean, in 1.25 h (Wahl 1998, USBR DSO-98-004).
  const BreachSize froehlich = froehlich_2008(310e6, 86.9, false);
  EXPECT_NEAR(froehlich.mean_width_m, 151, 0.2 * 151);
  EXPECT_NEAR(froehlich.formation_s, 1.25 * 3600, 0.2 * 4500);
  EXPECT_EQ(froehlich.side_slope, 0.7);
  EXPECT_NEAR(froehlich_2008(310e6, 86.9, true).mean_width_m, 1.3 * froehlich.mean_width_m, 1e-9);
  const BreachSize thun = von_thun_gillette_1990(310e6, 77.4);
  EXPECT_NEAR(thun.mean_width_m, 2.5 * 77.4 + 54.9, 1e-9);
  EXPECT_NEAR(thun.formation_s, 0.015 * 77.4 * 3600, 1e-9);
}

StartBreach given(double bottom_m, double width_m, Duration formation) {
  StartBreach edit;
  edit.bottom_m = bottom_m;
  edit.width_m = width_m;
  edit.formation = formation;
  return edit;
}

TEST(Breach, GrowsFromItsCrestDownToATrapezoid) {
  const Breach breach(given(100, 20, std::chrono::minutes(10)), 110, 0, 0);
  EXPECT_EQ(breach.bottom_m(0), 110);
  EXPECT_EQ(breach.bottom_m(300), 105);
  EXPECT_EQ(breach.bottom_m(6000), 100);
  EXPECT_EQ(breach.top_m(600, 0), 100);
  EXPECT_EQ(breach.top_m(600, 10), 100);
  EXPECT_EQ(breach.top_m(600, 14), 104);
  EXPECT_EQ(breach.top_m(600, -14), 104);
  EXPECT_EQ(breach.top_m(600, 100), 110);
  EXPECT_EQ(breach.discharge_m3ps(0, 109, 0), 0);
  EXPECT_NEAR(breach.discharge_m3ps(600, 104, 0), 1.71 * 20 * 8 + 1.35 * 32, 1e-6);
  EXPECT_LT(breach.discharge_m3ps(600, 104, 103.5), breach.discharge_m3ps(600, 104, 0));
  EXPECT_EQ(breach.discharge_m3ps(600, 104, 104), 0);
}

TEST(Breach, RefusesABreachWithoutSizeOrDepth) {
  const double unknown = StartBreach::by_formula;
  EXPECT_THAT(message_of<ScenarioError>(
                  [&] { Breach(given(100, unknown, Duration{0}), 110, unknown, unknown); }),
              HasSubstr("say width_m and formation"));
  EXPECT_THAT(
      message_of<ScenarioError>([] { Breach(given(111, 20, std::chrono::minutes(1)), 110, 0, 0); }),
      HasSubstr("does not lie below the crest"));
}

/// Water 2 m deep on the left of a levee 3 m high, dry on its right; the levee a barrier on a
/// slanting line, or ground.
class ALevee : public ::testing::TestWithParam<std::tuple<FloodScheme, bool>> {
 protected:
  ALevee() {
    const auto [scheme, of_ground] = GetParam();
    const GridShape shape{.cell_m = 10, .columns = 60, .rows = 40};
    TerrainGrid grid{"test", Raster<float>(shape, 0), Raster<float>(shape, 0.03F)};
    if (of_ground) {
      for (std::size_t row = 0; row < shape.rows; ++row) grid.elevation_m.at(20, row) = 3;
    }
    FloodOptions options;
    options.scheme = scheme;
    options.closed_edges = true;
    solver = make_solver(grid, options, arena);
    line = of_ground ? std::vector<LocalPoint>{{205, -1}, {205, 401}}
                     : std::vector<LocalPoint>{{160, -1}, {260, 401}};
    if (!of_ground) build_barrier({line, 3}, *solver);
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      if (cell % shape.columns < 15) solver->set_depth(cell, 2);
    }
    filled_m3 = solver->volume_m3();
  }
  double beyond_m3() const {
    double sum_m = 0;
    for (std::size_t cell = 0; cell < solver->shape().cells(); ++cell) {
      const LocalPoint at = solver->shape().center(cell % 60, cell / 60);
      // Ground is a cell wide: what stands on it is through.
      const double line_m = line[0].x_m + (line[1].x_m - line[0].x_m) * (at.y_m + 1) / 402;
      if (at.x_m >= line_m) sum_m += solver->depth_m(cell);
    }
    return 100 * sum_m;
  }

  ComputeArena arena{1};
  std::unique_ptr<ShallowWaterSolver> solver;
  std::vector<LocalPoint> line;
  double filled_m3 = 0;
};

TEST_P(ALevee, HoldsUntilItBreaksAndThenLetsMoreAndMoreThrough) {
  solver->advance(600);
  EXPECT_EQ(beyond_m3(), 0);
  StartBreach edit = given(0, 30, std::chrono::minutes(20));
  edit.line = line;
  edit.place = {210, 200};
  LeveeBreach breach(edit, *solver);
  const auto run = [&](double seconds) {
    for (double passed_s = 0; passed_s < seconds; passed_s += 5) {
      breach.grow(5, *solver);
      solver->advance(5);
    }
    return beyond_m3();
  };
  // From 3 m down it reaches the water, which stands at 1.5 m, after half of its time.
  EXPECT_LT(run(590), 3) << "but for what splashes over";
  const double soon_m3 = run(210);
  const double later_on_m3 = run(210);
  EXPECT_GT(soon_m3, 10);
  EXPECT_GT(later_on_m3 - soon_m3, 2 * soon_m3);
  const double later_m3 = run(3600);
  EXPECT_GT(later_m3, 0.3 * filled_m3);
  EXPECT_EQ(solver->volume_m3(), filled_m3);
  // 30 m wide at the bottom and 36 m where the water stood: the ends hold.
  if (std::get<1>(GetParam())) {
    EXPECT_EQ(solver->ground_m(solver->shape().at(20, 20)), 0);
    EXPECT_EQ(solver->ground_m(solver->shape().at(20, 30)), 3);
  }
}

TEST_P(ALevee, WaitsForTheLevelAtWhichItBreaks) {
  solver->advance(600);
  StartBreach edit = given(0, 30, std::chrono::minutes(2));
  edit.line = line;
  edit.place = {210, 200};
  edit.at_level_m = 2.5;  // the water stands at 1.5 m, the crest at 3 m
  LeveeBreach breach(edit, *solver);
  const auto run = [&] {
    for (int i = 0; i < 120; ++i) {
      breach.grow(5, *solver);
      solver->advance(5);
    }
  };
  run();
  EXPECT_TRUE(breach.waiting());
  EXPECT_LT(beyond_m3(), 3);
  for (std::size_t row = 0; row < solver->shape().rows; ++row) {
    for (std::size_t column = 0; column < 15; ++column) {
      const std::size_t cell = solver->shape().at(column, row);
      if (solver->depth_m(cell) > 0) solver->change_depth(cell, 1.6);
    }
  }
  run();
  EXPECT_FALSE(breach.waiting());
  EXPECT_GT(beyond_m3(), 100);
}

TEST_P(ALevee, PassesAsMuchAsAWeirOfItsSizeWhereverTheCellsLie) {
  // A notch 4 m wide is less than half a cell.
  solver->advance(600);
  StartBreach edit = given(0.5, 4, std::chrono::seconds(60));
  edit.side_slope = 0;
  edit.line = line;
  edit.place = {210, 203};
  LeveeBreach breach(edit, *solver);
  const std::size_t before = solver->shape().at(10, 20);
  const double head_m = solver->depth_m(before) - 0.5;
  for (int i = 0; i < 60; ++i) {
    breach.grow(5, *solver);
    solver->advance(5);
  }
  const double expected_m3 = 1.705 * 4 * head_m * std::sqrt(head_m) * 260;
  // Ground is a bed with friction, or without critical flow, where a wall is a crest.
  const bool of_ground = std::get<1>(GetParam());
  EXPECT_GT(beyond_m3(), (of_ground ? 0.3 : 0.5) * expected_m3);
  EXPECT_LT(beyond_m3(), (of_ground ? 1.6 : 1.3) * expected_m3);
}

TEST_P(ALevee, RefusesALineWhereNothingStands) {
  StartBreach edit = given(0, 30, std::chrono::minutes(20));
  edit.line = {{455, 100}, {455, 300}};
  edit.place = {455, 200};
  EXPECT_THAT(message_of<ScenarioError>([&] { LeveeBreach breach(edit, *solver); }),
              HasSubstr("no barrier and no ground"));
}

INSTANTIATE_TEST_SUITE_P(Schemes, ALevee,
                         ::testing::Combine(::testing::Values(FloodScheme::inertial,
                                                              FloodScheme::finite_volume),
                                            ::testing::Bool()),
                         [](const auto& one) {
                           return std::string(std::get<0>(one.param) == FloodScheme::inertial
                                                  ? "inertial"
                                                  : "finite_volume") +
                                  (std::get<1>(one.param) ? "_ground" : "_barrier");
                         });

}  // namespace
}  // namespace kontwin::flood
