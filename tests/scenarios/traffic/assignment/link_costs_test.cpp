#include "scenarios/traffic/assignment/link_costs.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "twin/error.hpp"

namespace kontwin::traffic {
namespace {

/// One of each kind.
LinkCosts all_kinds() {
  LinkCosts costs;
  costs.add_constant(3);
  costs.add_linear(2, 0.5);
  costs.add_bpr(10, 0.15, 100, 4, 1);
  costs.add_bpr(10, 0.15, 100, 4.5);
  costs.add_bpr(10, 1, 100, 1);
  costs.add_bpr(10, 1, 100, 0.7);
  costs.add_conical(10, 100, 4, 2);
  const std::array<CostPoint, 4> table{{{0, 1}, {50, 1}, {100, 3}, {150, 10}}};
  costs.add_table(table);
  return costs;
}

TEST(LinkCosts, FollowTheirFormulas) {
  const LinkCosts costs = all_kinds();
  EXPECT_DOUBLE_EQ(costs.cost(0, 1e6), 3);
  EXPECT_DOUBLE_EQ(costs.cost(1, 10), 7);
  EXPECT_DOUBLE_EQ(costs.cost(2, 100), 12.5);
  EXPECT_DOUBLE_EQ(costs.cost(2, 0), 11);
  EXPECT_NEAR(costs.cost(3, 150), 10 * (1 + 0.15 * std::pow(1.5, 4.5)), 1e-12);
  EXPECT_DOUBLE_EQ(costs.cost(4, 50), 15);
  EXPECT_DOUBLE_EQ(costs.cost(5, 100), 20);
  // A conical link takes its free time when empty and twice that at capacity.
  EXPECT_NEAR(costs.cost(6, 0), 12, 1e-12);
  EXPECT_NEAR(costs.cost(6, 100), 22, 1e-12);
  EXPECT_DOUBLE_EQ(costs.cost(7, 25), 1);
  EXPECT_DOUBLE_EQ(costs.cost(7, 75), 2);
  EXPECT_DOUBLE_EQ(costs.cost(7, 200), 17);
}

TEST(LinkCosts, HaveSlopesAndIntegralsThatFitTheirCosts) {
  const LinkCosts costs = all_kinds();
  for (std::size_t link = 0; link < costs.size(); ++link) {
    for (const double flow : {10.0, 70.0, 120.0, 300.0}) {
      const double step = 1e-4;
      EXPECT_NEAR(costs.slope(link, flow),
                  (costs.cost(link, flow + step) - costs.cost(link, flow - step)) / (2 * step),
                  1e-6)
          << link << " at " << flow;
      EXPECT_NEAR(
          costs.cost(link, flow),
          (costs.integral(link, flow + step) - costs.integral(link, flow - step)) / (2 * step),
          1e-6)
          << link << " at " << flow;
    }
    EXPECT_EQ(costs.integral(link, 0), 0) << link;
  }
}

TEST(LinkCosts, BecomeMarginalCosts) {
  LinkCosts costs = all_kinds();
  EXPECT_THROW(costs.marginal(), ScenarioError);  // a table
  LinkCosts smooth;
  smooth.add_constant(3);
  smooth.add_linear(2, 0.5);
  smooth.add_bpr(10, 0.15, 100, 4, 1);
  smooth.add_bpr(10, 0.15, 100, 4.5);
  smooth.add_conical(10, 100, 4, 2);
  const LinkCosts marginal = smooth.marginal();
  for (std::size_t link = 0; link < smooth.size(); ++link) {
    for (const double flow : {0.0, 40.0, 150.0}) {
      EXPECT_NEAR(marginal.cost(link, flow),
                  smooth.cost(link, flow) + flow * smooth.slope(link, flow), 1e-9)
          << link;
      EXPECT_NEAR(marginal.integral(link, flow), flow * smooth.cost(link, flow), 1e-9) << link;
    }
    const double step = 1e-4;
    EXPECT_NEAR(marginal.slope(link, 80),
                (marginal.cost(link, 80 + step) - marginal.cost(link, 80 - step)) / (2 * step),
                1e-6)
        << link;
  }
}

TEST(LinkCosts, RefuseWhatWouldFallOrIsNoNumber) {
  LinkCosts costs;
  EXPECT_THROW(costs.add_constant(-1), ScenarioError);
  EXPECT_THROW(costs.add_linear(1, -1), ScenarioError);
  EXPECT_THROW(costs.add_bpr(1, 0.15, 0, 4), ScenarioError);
  EXPECT_THROW(costs.add_bpr(1, NAN, 1, 4), ScenarioError);
  EXPECT_THROW(costs.add_bpr(1, 0.15, 1e3, 1e5), ScenarioError);
  EXPECT_THROW(costs.add_conical(1, 100, 1), ScenarioError);
  EXPECT_THROW(costs.add_table(std::array<CostPoint, 2>{{{0, 2}, {5, 1}}}), ScenarioError);
  EXPECT_THROW(costs.add_table(std::array<CostPoint, 2>{{{1, 1}, {5, 2}}}), ScenarioError);
  EXPECT_EQ(costs.size(), 0U);
}

}  // namespace
}  // namespace kontwin::traffic
