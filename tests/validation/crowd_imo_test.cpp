#include <gtest/gtest.h>

#include "tests/validation/crowd_case.hpp"
#include "tests/validation/validation.hpp"
#include "twin/geometry.hpp"

namespace kontwin::validation {
namespace {

using crowd::CrowdOutcome;

const std::string imo = "IMO MSC.1/Circ.1533 (2016), annex 3, test ";

Case of_test(const std::string& number, const std::string& name, const std::string& unit) {
  return {"crowd", "IMO " + number + ": " + name, unit, imo + number};
}

TEST(CrowdImo, Test1KeepsTheSpeedInACorridor) {
  expect_within(of_test("1", "40 m at 1 m/s", "s"), mean_last_out_s(crowd_runs("imo/01-corridor")),
                40, 0.05);
}

TEST(CrowdImo, Test3KeepsTheSpeedDownStairs) {
  expect_within(of_test("3", "10 m down at 1 m/s", "s"),
                mean_last_out_s(crowd_runs("imo/03-stairs-down")), 9.75, 0.08);
}

TEST(CrowdImo, Test4PassesNoMoreThanThePrescribedFlow) {
  double most = 0;
  for (const CrowdOutcome& run : crowd_runs("imo/04-exit-flow")) {
    EXPECT_EQ(run.count.out, 100U);
    most = std::max(most, run.queues[0].mean_ppsm());
  }
  expect_at_most(of_test("4", "flow through an exit of 1 m", "1/s"), most, 1.33);
  EXPECT_GT(most, 1.2);
}

TEST(CrowdImo, Test4IsHeldByThePrescribedLimitAndNotByChance) {
  const auto free_flow = of_each(crowd_runs("imo/04-exit-flow",
                                            [](crowd::CrowdScenario& scenario) {
                                              scenario.building.exits[0].flow_limit_ppsm =
                                                  crowd::never_s;
                                            }),
                                 [](const CrowdOutcome& run) { return run.queues[0].mean_ppsm(); });
  EXPECT_GT(mean_of(free_flow), 1.33);
}

TEST(CrowdImo, Test6GoesRoundACornerInsideTheWalls) {
  int outside = 0;
  for (const CrowdOutcome& run : crowd_runs("rimea/06-corner")) {
    EXPECT_EQ(run.count.out, 20U);
    outside += run.count.all() != 20;
  }
  expect_at_most(of_test("6", "people who did not come round the corner", ""), outside, 0);
}

}  // namespace
}  // namespace kontwin::validation
