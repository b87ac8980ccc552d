// A river that is known by its gauge only: what the lead-in learns of it.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/scenarios/flood/flood_world.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Duration lead_in = hours(8);
const EntityRef gauge{Kind::river_gauge, 0};

/// A rising river; in truth it brings 1.5 times as much as the forcing says.
Branch rising_river(double factor) {
  Branch branch = branch_of(valley());
  branch.lead_in = lead_in;
  branch.forcing.inflows.push_back({"Đăk Bla",
                                    {-2900, 790},
                                    {{noon - lead_in, noon + hours(6)},
                                     {100 * factor, 500 * factor},
                                     TimeSeries::Between::straight}});
  return branch;
}

/// What a branch comes to.
struct Course {
  double start_m = 0;           ///< the gauge's stage at the start
  std::vector<double> stage_m;  ///< each quarter of an hour of the lead-in
  double later_m = 0;           ///< two hours after the start
  double inflow_factor = 1, rain_factor = 1;
};

Course run_course(Branch branch, FloodAssimilation assimilation, std::size_t threads = 1) {
  ComputeArena arena(threads);
  FloodOptions options = options_for_town(1);
  options.assimilation = assimilation;
  options.ensemble_members = 8;
  FloodEngine engine(branch, arena, options);
  Course course;
  int minute = 0;
  const auto check = [&] {
    for (const Balance& balance : engine.balances()) {
      EXPECT_LE(std::abs(balance.error()), balance.tolerance) << balance.quantity;
    }
  };
  for (Instant at = branch.lead_in_start(); at < branch.start; at += branch.window) {
    engine.lead_in(branch.state, at, at + branch.window);
    if (++minute % 15 == 0) {
      course.stage_m.push_back(branch.state.at(gauge, river_gauge_column::stage_m));
      check();
    }
  }
  course.start_m = branch.state.at(gauge, river_gauge_column::stage_m);
  run(engine, branch, 120, noon);
  check();
  course.later_m = branch.state.at(gauge, river_gauge_column::stage_m);
  KpiList kpis;
  engine.add_kpis(kpis);
  for (const Kpi& kpi : kpis) {
    if (kpi.id == "flood_inflow_factor") course.inflow_factor = kpi.value;
    if (kpi.id == "flood_rain_factor") course.rain_factor = kpi.value;
  }
  return course;
}

/// The forcing as it is believed, with what the gauge saw of the truth up to the start.
Branch believed(const Course& truth) {
  Branch branch = rising_river(1);
  TimeSeries seen;
  for (std::size_t quarter = 0; quarter < truth.stage_m.size(); ++quarter) {
    seen.at.push_back(branch.lead_in_start() + minutes(15 * (quarter + 1)));
    seen.value.push_back(truth.stage_m[quarter]);
  }
  branch.forcing.gauge_stage_m.emplace_back(0, seen);
  return branch;
}

class AssimilationOfStages : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    truth = run_course(rising_river(1.5), FloodAssimilation::none);
    open_loop = run_course(rising_river(1), FloodAssimilation::none);
  }
  static inline Course truth, open_loop;
};

TEST_F(AssimilationOfStages, NudgingStartsTheBranchWhereTheRiverIsAndKeepsWhatItLearnt) {
  const Course course = run_course(believed(truth), FloodAssimilation::nudging);
  const double off_m = truth.start_m - open_loop.start_m;
  ASSERT_GT(off_m, 0.3);
  EXPECT_NEAR(course.start_m, truth.start_m, 0.15 * off_m);
  EXPECT_NEAR(course.inflow_factor, 1.5, 0.15);
  EXPECT_LT(std::abs(course.later_m - truth.later_m),
            0.25 * std::abs(open_loop.later_m - truth.later_m));
}

TEST_F(AssimilationOfStages, AnEnsembleStartsTheBranchWhereTheRiverIsAndKeepsWhatItLearnt) {
  const Course course = run_course(believed(truth), FloodAssimilation::ensemble);
  EXPECT_NEAR(course.start_m, truth.start_m, 0.05);
  EXPECT_LT(std::abs(course.later_m - truth.later_m),
            0.35 * std::abs(open_loop.later_m - truth.later_m));
}

TEST_F(AssimilationOfStages, IsTheSameOnOneAndOnTwoThreads) {
  const Course one = run_course(believed(truth), FloodAssimilation::ensemble, 1);
  const Course two = run_course(believed(truth), FloodAssimilation::ensemble, 2);
  EXPECT_EQ(one.stage_m, two.stage_m);
  EXPECT_EQ(one.later_m, two.later_m);
}

TEST_F(AssimilationOfStages, WithoutStagesNothingIsChanged) {
  const Course course = run_course(rising_river(1), FloodAssimilation::nudging);
  EXPECT_EQ(course.stage_m, open_loop.stage_m);
  EXPECT_EQ(course.inflow_factor, 1);
}

/// A small river and rain on the whole valley, twice as much of it in truth as the forcing says.
Branch wet_valley(double rain_mmph) {
  Branch branch = branch_of(valley());
  branch.lead_in = lead_in;
  branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, {{noon - lead_in}, {20}}});
  branch.forcing.rain_mmph = {{noon - lead_in}, {rain_mmph}, TimeSeries::Between::hold};
  return branch;
}

class AssimilationOfRain : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    truth = run_course(wet_valley(20), FloodAssimilation::none);
    open_loop = run_course(wet_valley(10), FloodAssimilation::none);
  }
  /// The forcing as it is believed, with what the rain gauge saw up to the start.
  static Branch believed_rain() {
    Branch branch = wet_valley(10);
    branch.forcing.rain_seen_mmph.emplace_back(
        0, TimeSeries{{noon - lead_in, noon}, {20, 20}, TimeSeries::Between::hold});
    return branch;
  }
  static inline Course truth, open_loop;
};

TEST_F(AssimilationOfRain, NudgingLearnsFromTheGaugeHowMuchMoreRainFalls) {
  const Course course = run_course(believed_rain(), FloodAssimilation::nudging);
  ASSERT_GT(truth.start_m - open_loop.start_m, 0.05);
  EXPECT_NEAR(course.rain_factor, 2, 0.06);
  EXPECT_NEAR(course.start_m, truth.start_m, 0.1 * (truth.start_m - open_loop.start_m));
  EXPECT_NEAR(course.later_m, truth.later_m, 0.1 * (truth.later_m - open_loop.later_m));
}

TEST_F(AssimilationOfRain, AnEnsembleLearnsItAsFarAsItTrustsOneGauge) {
  const Course course = run_course(believed_rain(), FloodAssimilation::ensemble);
  EXPECT_GT(course.rain_factor, 1.4);
  EXPECT_LT(course.rain_factor, 2.2);
  EXPECT_LT(std::abs(course.later_m - truth.later_m),
            0.5 * std::abs(open_loop.later_m - truth.later_m));
}

TEST_F(AssimilationOfRain, AGaugeThatIsNotThereIsRefused) {
  Branch branch = wet_valley(10);
  branch.forcing.rain_seen_mmph.emplace_back(7, TimeSeries{{noon}, {1}});
  EXPECT_NE(message_of<ScenarioError>([&] {
              run_course(branch, FloodAssimilation::nudging);
            }).find("no such gauge"),
            std::string::npos);
}

TEST(GaugedInflow, FollowsTheStagesOfItsGaugeThenItsTrend) {
  Branch branch = branch_of(valley());
  branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, {}, GaugedFlow{.gauge = 0}});
  branch.forcing.gauge_stage_m.emplace_back(
      0, TimeSeries{{noon - hours(2), noon - hours(1)}, {93.5, 94.5}});
  const auto run_with = [&branch](double trend_h) {
    ComputeArena arena(1);
    Branch copy = branch;
    copy.forcing.inflows[0].gauged->trend_h = trend_h;
    FloodEngine engine(copy, arena, options_for_town(1));
    run(engine, copy, 180, noon);
    return copy.state.at(gauge, river_gauge_column::stage_m);
  };
  const double held_m = run_with(0);
  EXPECT_NEAR(held_m, 94.5, 0.1) << "the flow that the gauge's own rating gives its last stage";
  EXPECT_GT(run_with(3), held_m + 0.3);
}

TEST(GaugedInflow, OfAGaugeThatSawNothingIsRefusedByName) {
  Branch branch = branch_of(valley());
  branch.forcing.inflows.push_back({"Đăk Bla", {-2900, 790}, {}, GaugedFlow{.gauge = 0}});
  ComputeArena arena(1);
  EXPECT_NE(message_of<ScenarioError>([&] {
              const FloodEngine engine(branch, arena, options_for_town());
            }).find("saw nothing"),
            std::string::npos);
}

}  // namespace
}  // namespace kontwin::testing
