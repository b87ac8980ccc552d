#include <gtest/gtest.h>

#include <algorithm>

#include "tests/validation/crowd_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using crowd::CrowdOutcome;
using crowd::CrowdScenario;

double passed(const CrowdOutcome& run, std::size_t line) {
  return static_cast<double>(run.lines[line].forward_s.size() + run.lines[line].backward_s.size());
}

double share_of_second(const CrowdOutcome& run) {
  return passed(run, 1) / (passed(run, 0) + passed(run, 1));
}

/// When nine of ten of those who crossed a line had.
double nearly_all_s(const CrowdOutcome& run, std::size_t line) {
  std::vector<double> times = run.lines[line].forward_s;
  times.insert(times.end(), run.lines[line].backward_s.begin(), run.lines[line].backward_s.end());
  std::ranges::sort(times);
  return times[times.size() * 9 / 10];
}

TEST(CrowdWays, TwoGapsJamForAsLong) {
  const auto runs = crowd_runs("ways/two-gaps");
  for (const CrowdOutcome& run : runs) EXPECT_EQ(run.count.out, 900U);
  const std::string wardrop =
      "Wardrop 1952, Proc. Inst. Civ. Eng. 1, first principle: all ways that are used take as long";
  expect_within(
      {"crowd", "Time until 90 % are through the wide gap over the narrow one", "", wardrop},
      mean_of(of_each(
          runs,
          [](const CrowdOutcome& run) { return nearly_all_s(run, 1) / nearly_all_s(run, 0); })),
      1, 0.15);
  // Less than two of three, as widths would have it: to the wide one all come from one side.
  expect_within({"crowd", "Share of two jammed gaps' people by the one twice as wide", "", wardrop},
                mean_of(of_each(runs, share_of_second)), 2.0 / 3, 0.25);
  // Where all keep to the shortest way most stand before the narrow one.
  const auto shortest = crowd_runs("ways/two-gaps", [](CrowdScenario& scenario) {
    scenario.options.way_choice = crowd::WayChoice::shortest;
  });
  EXPECT_LT(mean_of(of_each(shortest, share_of_second)), 0.4);
  expect_at_most({"crowd", "Time by the quickest over that by the shortest ways, two gaps", "",
                  "Kretz 2009, J. Stat. Mech. P03012: those who mind the time are out sooner"},
                 mean_last_out_s(runs) / mean_last_out_s(shortest), 0.8);
}

TEST(CrowdWays, TheLoadIsBalancedOverTwoDoors) {
  const auto runs = crowd_runs("ways/two-doors");
  for (const CrowdOutcome& run : runs) EXPECT_EQ(run.count.out, 120U);
  const std::string source =
      "Kemloh Wagoum, Tordeux and Liao 2017, R. Soc. Open Sci. 4, 160896: in a jam the load is "
      "balanced over the exits";
  const auto by_wide = [](const CrowdOutcome& run) {
    return static_cast<double>(run.queues[1].passed) / 120;
  };
  expect_within(
      {"crowd", "Share by a door of 1.1 m beside one of 0.7 m that all are nearer to", "", source},
      mean_of(of_each(runs, by_wide)), 1.1 / 1.8, 0.25);
  const auto nearest = crowd_runs("ways/two-doors", [](CrowdScenario& scenario) {
    scenario.options.exit_choice = crowd::ExitChoice::nearest;
  });
  expect_at_most({"crowd", "Time with the load balanced over that by the nearest door", "", source},
                 mean_last_out_s(runs) / mean_last_out_s(nearest), 0.8);
}

TEST(CrowdWays, AQueueGrowsUntilTheLongWayIsAsQuick) {
  const auto runs = crowd_runs("ways/two-ways");
  const auto times = [&runs](bool by_long_way) {
    double sum_s = 0, count = 0;
    for (const CrowdOutcome& run : runs) {
      for (std::size_t p = 0; p < run.states.size(); ++p) {
        const crowd::PersonState& state = run.states[p];
        // From when the queue has grown, until nobody joins it any more.
        if (state.set_out_s < 150 || state.set_out_s > 250) continue;
        if ((state.place.y_m > 40) != by_long_way) continue;
        sum_s += state.ended_s - state.set_out_s;
        count += 1;
      }
    }
    EXPECT_GT(count, 100);
    return sum_s / count;
  };
  expect_within({"crowd", "Time through the queue over that of the way 70 m round", "",
                 "Wardrop 1952, Proc. Inst. Civ. Eng. 1, first principle: all ways that are used "
                 "take as long"},
                times(false) / times(true), 1, 0.2);
}

}  // namespace
}  // namespace kontwin::validation
