#include "scenarios/flood/structures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/flood/scheme.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::message_of;
using Kind = StructurePlan::Kind;

/// Two basins of 20 x 20 cells of 10 m beside each other with a wall between, ground at 0; the left
/// one holds 3 m of water.
class TwoBasins : public ::testing::TestWithParam<FloodScheme> {
 protected:
  TwoBasins() {
    const GridShape shape{.cell_m = 10, .columns = 40, .rows = 20};
    const TerrainGrid grid{"test", Raster<float>(shape, 0), Raster<float>(shape, 0.03F)};
    FloodOptions options;
    options.scheme = GetParam();
    options.closed_edges = true;
    solver = make_solver(grid, options, arena);
    for (std::size_t row = 0; row < shape.rows; ++row) {
      solver->wall_at_left(shape.at(20, row), 10);
      for (std::size_t column = 0; column < 20; ++column) {
        solver->set_depth(shape.at(column, row), 3);
      }
    }
  }
  static StructurePlan plan(Kind kind) {
    StructurePlan plan;
    plan.kind = kind;
    plan.name = "it";
    plan.from = {195, 105};
    plan.to = LocalPoint{205, 105};
    return plan;
  }
  /// Mean level of a basin.
  double level_m(bool right) const {
    double sum_m = 0;
    for (std::size_t row = 0; row < 20; ++row) {
      for (std::size_t column = 0; column < 20; ++column) {
        sum_m += solver->depth_m(solver->shape().at(column + (right ? 20 : 0), row));
      }
    }
    return sum_m / 400;
  }
  void run(Structures& structures, double seconds) {
    for (double left_s = seconds; left_s > 1e-9 * seconds;) {
      const double step_s = left_s / std::ceil(left_s / structures.longest_step_s(*solver));
      structures.look(step_s, *solver);
      solver->advance(step_s);
      structures.pass(step_s, *solver);
      left_s -= step_s;
    }
  }
  double missing_m3(const Structures& structures) const {
    return 3 * 40000 - solver->volume_m3() - structures.held_m3() - structures.left_m3();
  }

  ComputeArena arena{1};
  std::unique_ptr<ShallowWaterSolver> solver;
};

TEST_P(TwoBasins, ACulvertBringsBothToOneLevelAndLosesNoDrop) {
  StructurePlan culvert = plan(Kind::culvert);
  culvert.culvert = {.width_m = 2, .height_m = 2, .length_m = 10};
  culvert.width_m = 2;
  Structures structures({culvert}, *solver, GetParam());
  run(structures, 600);
  EXPECT_GT(structures.discharge_m3ps(0), 10);
  const double soon_m = level_m(false);
  EXPECT_LT(soon_m, 2.9);
  EXPECT_GT(soon_m, 2);
  run(structures, 4 * 3600);
  EXPECT_NEAR(level_m(false), 1.5, 0.02);
  EXPECT_NEAR(level_m(true), 1.5, 0.02);
  EXPECT_NEAR(missing_m3(structures), 0, 1e-9);
}

TEST_P(TwoBasins, AWeirLetsOutWhatStandsOverItsCrestAtTheFormulasRate) {
  StructurePlan weir = plan(Kind::weir);
  weir.width_m = 1;
  weir.sill_m = 2;
  Structures structures({weir}, *solver, GetParam());
  run(structures, 60);
  EXPECT_NEAR(structures.discharge_m3ps(0), 1.705, 0.1) << "1 m over 1 m";
  run(structures, 24 * 3600);
  // dH/dt = -1.705 H^1.5 / 40000: from 1 m to 0.124 m in a day.
  EXPECT_NEAR(level_m(false), 2.124, 0.006);
  EXPECT_NEAR(missing_m3(structures), 0, 1e-9);
}

TEST_P(TwoBasins, AClosedGateHoldsAndAnOpenedOneLetsThrough) {
  StructurePlan gate = plan(Kind::gate);
  gate.width_m = 4;
  gate.sill_m = 0;
  gate.height_m = 1;
  gate.open = {{Instant{}, Instant{std::chrono::hours(1)}}, {0, 0.5}, TimeSeries::Between::hold};
  Structures structures({gate}, *solver, GetParam());
  structures.keep_schedule(Instant{});
  run(structures, 60);
  EXPECT_EQ(structures.discharge_m3ps(0), 0);
  structures.keep_schedule(Instant{std::chrono::hours(2)});
  run(structures, 20);
  const double half = structures.discharge_m3ps(0);
  EXPECT_NEAR(half, 0.6 * 4 * 0.5 * std::sqrt(2 * 9.80665 * (3 - 0.3)), 0.4);
  structures.set_open("it", 0);
  structures.keep_schedule(Instant{std::chrono::hours(2)});
  run(structures, 10);
  EXPECT_EQ(structures.discharge_m3ps(0), 0) << "an order goes before the schedule";
  structures.set_open("it", std::nan(""));
  structures.keep_schedule(Instant{std::chrono::hours(2)});
  run(structures, 10);
  EXPECT_GT(structures.discharge_m3ps(0), 0.5 * half);
}

TEST_P(TwoBasins, AFlapLetsNothingBack) {
  StructurePlan culvert = plan(Kind::culvert);
  culvert.from = {205, 105};
  culvert.to = LocalPoint{195, 105};
  culvert.culvert = {.width_m = 2, .height_m = 2, .length_m = 10};
  culvert.one_way = true;
  Structures structures({culvert}, *solver, GetParam());
  run(structures, 60);
  EXPECT_EQ(level_m(true), 0);
  culvert.one_way = false;
  Structures open({culvert}, *solver, GetParam());
  run(open, 60);
  EXPECT_LT(open.discharge_m3ps(0), 0) << "backwards";
  EXPECT_GT(level_m(true), 0);
}

TEST_P(TwoBasins, APumpStartsAndStopsAtItsLevels) {
  StructurePlan pump = plan(Kind::pump);
  pump.to.reset();
  pump.capacity_m3ps = 5;
  pump.start_level_m = 2.9;
  pump.stop_level_m = 2.5;
  Structures structures({pump}, *solver, GetParam());
  run(structures, 3600);
  EXPECT_NEAR(structures.left_m3(), 5 * 3600, 50);
  run(structures, 3600);
  // 0.5 m of 200 m x 200 m, and near the pump the water stands a little lower.
  EXPECT_NEAR(structures.left_m3(), 20000, 600);
  EXPECT_EQ(structures.discharge_m3ps(0), 0);
  EXPECT_NEAR(missing_m3(structures), 0, 1e-9);
  for (std::size_t cell = 0; cell < 800; ++cell) {
    if (cell % 40 < 20) solver->change_depth(cell, 0.2);
  }
  run(structures, 60);
  EXPECT_EQ(structures.discharge_m3ps(0), 0) << "not before its starting level";
}

TEST_P(TwoBasins, ADrainTakesNoMoreThanItsSewerCarries) {
  StructurePlan drain = plan(Kind::drain);
  drain.to.reset();
  drain.perimeter_m = 4;
  drain.area_m2 = 1;
  drain.capacity_m3ps = 0.5;
  Structures structures({drain}, *solver, GetParam());
  run(structures, 600);
  EXPECT_NEAR(structures.left_m3(), 300, 1);
  structures.set_open("it", 0.1);
  structures.keep_schedule(Instant{});
  run(structures, 600);
  EXPECT_NEAR(structures.left_m3(), 330, 1) << "blocked to a tenth";
  EXPECT_NEAR(missing_m3(structures), 0, 1e-9);
}

TEST_P(TwoBasins, ABridgeAsWideAsARiverNeedsNoShorterStepsThanTheWater) {
  StructurePlan bridge = plan(Kind::bridge);
  bridge.width_m = 60;
  bridge.sill_m = 0;
  bridge.height_m = 2;
  Structures structures({bridge}, *solver, GetParam());
  run(structures, 7200);
  EXPECT_NEAR(level_m(false), 1.5, 0.05);
  EXPECT_NEAR(missing_m3(structures), 0, 1e-9);
}

TEST_P(TwoBasins, ADrownedBridgeCostsTheHeadOfItsFormulaAndNoMore) {
  StructurePlan bridge = plan(Kind::bridge);
  bridge.width_m = 10;
  bridge.sill_m = 0;
  bridge.height_m = 1;
  // What comes through is pumped back, so that the same passes for good.
  StructurePlan pump = plan(Kind::pump);
  pump.name = "back";
  pump.from = {395, 105};
  pump.to = LocalPoint{5, 105};
  pump.capacity_m3ps = 5;
  pump.start_level_m = 0.1;
  pump.stop_level_m = 0;
  for (std::size_t cell = 0; cell < 800; ++cell) solver->set_depth(cell, 2);
  Structures structures({bridge, pump}, *solver, GetParam());
  run(structures, 7200);
  double fall_m = 0, whole_m = 0;
  constexpr int looks = 100;
  for (int look = 0; look < looks; ++look) {
    run(structures, 10);
    const double from_m = solver->depth_m(solver->shape().at(19, 10));
    fall_m += (from_m - solver->depth_m(solver->shape().at(20, 10))) / looks;
    whole_m += (level_m(false) - level_m(true)) / looks;
  }
  // 5 = 0.6 * 10 * 1 * √(2 g Δh)
  EXPECT_NEAR(structures.discharge_m3ps(0), 5, 0.3);
  EXPECT_NEAR(fall_m, 25.0 / 36 / (2 * 9.80665), 0.001);
  EXPECT_LT(whole_m, 0.06) << "with the ways to and from it through the basins";
}

TEST_P(TwoBasins, AWaveBetweenTwoLevelWatersDiesAwayThroughAnOpening) {
  StructurePlan bridge = plan(Kind::bridge);
  bridge.width_m = 60;
  bridge.sill_m = 0;
  bridge.height_m = 15;
  for (std::size_t cell = 0; cell < 800; ++cell) {
    solver->set_depth(cell, cell % 40 < 20 ? 20 : 20.001);
  }
  Structures structures({bridge}, *solver, GetParam());
  run(structures, 1800);
  for (std::size_t cell = 0; cell < 800; ++cell) EXPECT_NEAR(solver->depth_m(cell), 20, 0.002);
}

TEST_P(TwoBasins, RefusesWhatCannotStandInTheGridByName) {
  const auto refusal = [this](const std::vector<StructurePlan>& plans) {
    return message_of<ScenarioError>([&] { Structures structures(plans, *solver, GetParam()); });
  };
  StructurePlan culvert = plan(Kind::culvert);
  culvert.to = LocalPoint{4000, 0};
  EXPECT_THAT(refusal({culvert}),
              AllOf(HasSubstr("'it'"), HasSubstr("'to'"), HasSubstr("outside")));
  culvert.to = culvert.from;
  EXPECT_THAT(refusal({culvert}), HasSubstr("same cell"));
  EXPECT_THAT(refusal({plan(Kind::weir), plan(Kind::weir)}), HasSubstr("another one"));
  StructurePlan weir = plan(Kind::weir);
  weir.sill_m = -50;
  EXPECT_THAT(refusal({weir}), AllOf(HasSubstr("'it'"), HasSubstr("sill_m"), HasSubstr("datum")));
  culvert = plan(Kind::culvert);
  culvert.culvert.outlet_invert_m = -21;
  EXPECT_THAT(refusal({culvert}), HasSubstr("outlet_invert_m"));
  Structures structures({plan(Kind::weir)}, *solver, GetParam());
  EXPECT_THAT(message_of<ScenarioError>([&] { structures.set_open("that", 1); }),
              AllOf(HasSubstr("'that'"), HasSubstr("only: 'it'")));
}

INSTANTIATE_TEST_SUITE_P(Schemes, TwoBasins,
                         ::testing::Values(FloodScheme::inertial, FloodScheme::finite_volume),
                         [](const auto& scheme) {
                           return scheme.param == FloodScheme::inertial ? "inertial"
                                                                        : "finite_volume";
                         });

}  // namespace
}  // namespace kontwin::flood
