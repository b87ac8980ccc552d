#include "scenarios/traffic/static_equilibrium.hpp"

#include <gtest/gtest.h>

#include "twin/error.hpp"

namespace kontwin::traffic {
namespace {

RoadNetwork parallel(std::size_t links) {
  RoadNetwork roads;
  roads.from.assign(links, 0);
  roads.to.assign(links, 1);
  return roads;
}

LinkCost linear(double fixed, double slope) {
  return {[=](double flow) { return fixed + slope * flow; }, [=](double) { return slope; }};
}

TEST(UserEquilibrium, UsedRoutesCostTheSameAndUnusedOnesMore) {
  const RoadGraph graph(2, parallel(3));
  const std::vector<LinkCost> costs{linear(10, 1), linear(4, 2), linear(50, 1)};
  const std::vector<StaticDemand> demands{{0, 1, 12}};
  const Equilibrium found = user_equilibrium(graph, costs, demands);
  // 10 + x = 4 + 2 (12 - x)
  EXPECT_NEAR(found.link_flow[0], 6, 1e-9);
  EXPECT_NEAR(found.link_flow[1], 6, 1e-9);
  EXPECT_EQ(found.link_flow[2], 0);
  EXPECT_NEAR(found.demand_cost[0], 16, 1e-9);
}

TEST(UserEquilibrium, RefusesADemandWithoutARoute) {
  const RoadGraph graph(3, parallel(1));
  const std::vector<LinkCost> costs{linear(1, 1)};
  const std::vector<StaticDemand> demands{{0, 2, 1}};
  EXPECT_THROW(user_equilibrium(graph, costs, demands), ScenarioError);
}

}  // namespace
}  // namespace kontwin::traffic
