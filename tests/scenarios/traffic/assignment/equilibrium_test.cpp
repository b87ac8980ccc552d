#include "scenarios/traffic/assignment/equilibrium.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "tests/scenarios/traffic/assignment/grid_network.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {
namespace {

using testing::all_pairs;
using testing::grid_network;

AssignmentNetwork parallel(std::size_t links) {
  AssignmentNetwork network;
  network.nodes = 2;
  network.from.assign(links, 0);
  network.to.assign(links, 1);
  return network;
}

/// Cheapest costs from one node by Bellman's and Ford's method: shares nothing with what it checks.
std::vector<double> cheapest_from(const AssignmentNetwork& network, std::uint32_t origin,
                                  std::span<const double> cost) {
  std::vector<double> least(network.nodes, std::numeric_limits<double>::infinity());
  least[origin] = 0;
  for (std::size_t pass = 0; pass < network.nodes; ++pass) {
    for (std::size_t link = 0; link < network.links(); ++link) {
      const std::uint32_t from = network.from[link];
      if (!network.ends_only.empty() && network.ends_only[from] != 0 && from != origin) continue;
      least[network.to[link]] = std::min(least[network.to[link]], least[from] + cost[link]);
    }
  }
  return least;
}

/// The cost of all trips over that of cheapest ways, less 1, from link flows and costs alone.
double gap_of(const AssignmentNetwork& network, std::span<const OdFlow> pairs,
              const Equilibrium& found) {
  double cheapest = 0;
  for (const OdFlow& pair : pairs) {
    cheapest += pair.flow * cheapest_from(network, pair.from, found.link_cost)[pair.to];
  }
  return found.total_cost / cheapest - 1;
}

/// What enters a node less what leaves it, the demand counted in: the largest over all nodes.
double imbalance_of(const AssignmentNetwork& network, std::span<const OdFlow> pairs,
                    const Equilibrium& found) {
  std::vector<double> balance(network.nodes, 0);
  for (std::size_t link = 0; link < network.links(); ++link) {
    balance[network.from[link]] -= found.link_flow[link];
    balance[network.to[link]] += found.link_flow[link];
  }
  for (const OdFlow& pair : pairs) {
    balance[pair.from] += pair.flow;
    balance[pair.to] -= pair.flow;
  }
  double worst = 0;
  for (const double one : balance) worst = std::max(worst, std::abs(one));
  return worst;
}

TEST(Assignment, UsedRoutesCostTheSameAndUnusedOnesMore) {
  AssignmentNetwork network = parallel(3);
  network.costs.add_linear(10, 1);
  network.costs.add_linear(4, 2);
  network.costs.add_linear(50, 1);
  const std::vector<OdFlow> pairs{{0, 1, 12}};
  ComputeArena arena(1);
  const Equilibrium found = assign(network, pairs, arena);
  // 10 + x = 4 + 2 (12 - x)
  EXPECT_TRUE(found.reached);
  EXPECT_NEAR(found.link_flow[0], 6, 1e-12);
  EXPECT_NEAR(found.link_flow[1], 6, 1e-12);
  EXPECT_EQ(found.link_flow[2], 0);
  EXPECT_NEAR(found.od_cost[0], 16, 1e-12);
  EXPECT_NEAR(found.total_cost, 192, 1e-10);
  EXPECT_NEAR(found.objective, 10 * 6 + 18 + 4 * 6 + 36, 1e-10);
}

TEST(Assignment, RefusesADemandWithoutARoute) {
  AssignmentNetwork network = parallel(1);
  network.nodes = 3;
  network.costs.add_linear(1, 1);
  ComputeArena arena(1);
  const std::vector<OdFlow> pairs{{0, 2, 1}};
  EXPECT_THROW(assign(network, pairs, arena), ScenarioError);
  // Nobody wants to go there: infinitely dear, and no error.
  const std::vector<OdFlow> none{{0, 2, 0}, {0, 1, 1}};
  const Equilibrium found = assign(network, none, arena);
  EXPECT_TRUE(std::isinf(found.od_cost[0]));
  EXPECT_EQ(found.link_flow[0], 1);
}

TEST(Assignment, RefusesInputThatMakesNoSense) {
  AssignmentNetwork network = parallel(1);
  network.costs.add_linear(1, 1);
  ComputeArena arena(1);
  const auto run = [&](OdFlow pair) { return assign(network, std::span(&pair, 1), arena); };
  EXPECT_THROW(run({0, 2, 1}), ScenarioError);
  EXPECT_THROW(run({0, 1, -1}), ScenarioError);
  EXPECT_THROW(run({0, 1, NAN}), ScenarioError);
  network.to[0] = 7;
  EXPECT_THROW(run({0, 1, 1}), ScenarioError);
}

TEST(Assignment, TripsFromANodeToItselfUseNoLink) {
  AssignmentNetwork network = parallel(1);
  network.costs.add_linear(1, 1);
  ComputeArena arena(1);
  const std::vector<OdFlow> pairs{{0, 0, 5}, {0, 1, 2}, {0, 1, 3}};
  const Equilibrium found = assign(network, pairs, arena);
  EXPECT_EQ(found.link_flow[0], 5);
  EXPECT_EQ(found.od_cost[0], 0);
  EXPECT_EQ(found.od_cost[1], 6);
  EXPECT_EQ(found.od_cost[2], 6);
}

TEST(Assignment, NobodyDrivesThroughAZoneThatIsOnlyAnEnd) {
  // 0 -> 1 -> 2 costs 2, 0 -> 2 costs 10.
  AssignmentNetwork network;
  network.nodes = 3;
  network.from = {0, 1, 0};
  network.to = {1, 2, 2};
  for (const double cost : {1.0, 1.0, 10.0}) network.costs.add_constant(cost);
  ComputeArena arena(1);
  const std::vector<OdFlow> pairs{{0, 2, 4}, {1, 2, 1}};
  EXPECT_EQ(assign(network, pairs, arena).link_flow, (std::vector<double>{4, 5, 0}));
  network.ends_only = {0, 1, 0};
  EXPECT_EQ(assign(network, pairs, arena).link_flow, (std::vector<double>{0, 1, 4}));
}

TEST(Assignment, LinksWithoutCostMakeNoCycles) {
  // A ring of links that cost nothing, and one pair across it over costly ends.
  AssignmentNetwork network;
  network.nodes = 6;
  for (std::uint32_t node = 0; node < 4; ++node) {
    network.from.insert(network.from.end(), {node, (node + 1) % 4});
    network.to.insert(network.to.end(), {(node + 1) % 4, node});
    network.costs.add_constant(0);
    network.costs.add_constant(0);
  }
  network.from.insert(network.from.end(), {4, 4, 1, 2});
  network.to.insert(network.to.end(), {0, 3, 5, 5});
  for (int i = 0; i < 4; ++i) network.costs.add_linear(1 + i, 1);
  ComputeArena arena(1);
  const std::vector<OdFlow> pairs{{4, 5, 10}, {5, 4, 0}};
  const Equilibrium found = assign(network, pairs, arena, {.relative_gap = 1e-14});
  EXPECT_TRUE(found.reached);
  EXPECT_NEAR(found.link_flow[8], 5.5, 1e-12);
  EXPECT_NEAR(found.link_flow[10], 5.5, 1e-12);
}

TEST(Assignment, AGridIsSolvedToRoundingAndConservesFlow) {
  const AssignmentNetwork network = grid_network(8);
  const auto pairs = all_pairs(network, 16, 120);
  ComputeArena arena(1);
  const Equilibrium found = assign(network, pairs, arena, {.relative_gap = 1e-14});
  EXPECT_TRUE(found.reached);
  EXPECT_GE(found.relative_gap, 0);
  EXPECT_NEAR(gap_of(network, pairs, found), 0, 1e-12);
  EXPECT_LE(imbalance_of(network, pairs, found), 1e-8);
  // Congested, so that the answer is not that of the first ways.
  const double fullest = *std::ranges::max_element(found.link_flow);
  EXPECT_GT(fullest, 1000);
}

TEST(Assignment, GoesAsNearAsNumbersGoWhenAskedForNoGap) {
  const AssignmentNetwork network = grid_network(6);
  const auto pairs = all_pairs(network, 12, 200);
  ComputeArena arena(1);
  const Equilibrium found = assign(network, pairs, arena, {.relative_gap = 0});
  EXPECT_TRUE(found.reached);
  EXPECT_LE(found.relative_gap, 1e-14);
  EXPECT_FALSE(assign(network, pairs, arena, {.relative_gap = 0, .most_rounds = 2}).reached);
}

TEST(Assignment, IsTheSameOnAnyNumberOfThreads) {
  const AssignmentNetwork network = grid_network(10);
  const auto pairs = all_pairs(network, 40, 25);
  ComputeArena one(1);
  ComputeArena two(2);
  const Equilibrium first = assign(network, pairs, one, {.relative_gap = 1e-9});
  const Equilibrium second = assign(network, pairs, two, {.relative_gap = 1e-9});
  EXPECT_EQ(first.link_flow, second.link_flow);
  EXPECT_EQ(first.od_cost, second.od_cost);
  EXPECT_EQ(first.relative_gap, second.relative_gap);
}

TEST(Assignment, MixesKindsOfCosts) {
  AssignmentNetwork network = grid_network(6);
  LinkCosts mixed;
  const std::array<CostPoint, 3> table{{{0, 2}, {300, 3}, {900, 12}}};
  for (std::size_t link = 0; link < network.links(); ++link) {
    switch (link % 5) {
      case 0:
        mixed.add_table(table);
        break;
      case 1:
        mixed.add_conical(3, 600, 5);
        break;
      case 2:
        mixed.add_bpr(3, 0.5, 700, 2.3 + static_cast<double>(link % 15), 0.5);
        break;
      case 3:
        mixed.add_linear(2, 0.004);
        break;
      default:
        mixed.add_bpr(2, 0.15, 600, 4);
        break;
    }
  }
  network.costs = mixed;
  const auto pairs = all_pairs(network, 12, 120);
  ComputeArena arena(1);
  const Equilibrium found = assign(network, pairs, arena, {.relative_gap = 1e-12});
  EXPECT_TRUE(found.reached);
  EXPECT_NEAR(gap_of(network, pairs, found), 0, 1e-10);
}

TEST(Assignment, TheOptimumOfTheSystemCostsLessThanEveryonesOwn) {
  const AssignmentNetwork network = grid_network(6);
  const auto pairs = all_pairs(network, 12, 220);
  ComputeArena arena(1);
  const Equilibrium own = assign(network, pairs, arena);
  const Equilibrium all = assign(network, pairs, arena, {.principle = Principle::system_optimum});
  EXPECT_TRUE(all.reached);
  EXPECT_LT(all.total_cost, 0.999 * own.total_cost);
  EXPECT_GT(all.objective, own.objective);
  // Anything nearby costs more: a little of another assignment mixed in.
  for (const double part : {1e-3, 1e-2}) {
    double mixed = 0;
    for (std::size_t link = 0; link < network.links(); ++link) {
      const double flow = (1 - part) * all.link_flow[link] + part * own.link_flow[link];
      mixed += flow * network.costs.cost(link, flow);
    }
    EXPECT_GT(mixed, all.total_cost);
  }
}

TEST(Assignment, StartsFromItsLastAnswerForAnotherDemand) {
  const AssignmentNetwork network = grid_network(8);
  auto pairs = all_pairs(network, 16, 120);
  ComputeArena arena(1);
  Assignment assignment(network, pairs, arena);
  assignment.solve(1e-12);
  std::vector<double> flows;
  flows.reserve(pairs.size());
  for (OdFlow& pair : pairs) flows.push_back(pair.flow *= 1.02);
  assignment.set_flows(flows);
  const Equilibrium warm = assignment.solve(1e-12);
  const Equilibrium cold = assign(network, pairs, arena);
  EXPECT_TRUE(warm.reached);
  EXPECT_LE(warm.rounds, cold.rounds);
  EXPECT_NEAR(warm.objective, cold.objective, 1e-11 * cold.objective);
  EXPECT_LE(imbalance_of(network, pairs, warm), 1e-8);
}

TEST(Assignment, SharesOfPairsAddUpToTheFlowsOfLinks) {
  const AssignmentNetwork network = grid_network(6);
  const auto pairs = all_pairs(network, 12, 150);
  ComputeArena arena(1);
  Assignment assignment(network, pairs, arena);
  const Equilibrium found = assignment.solve(1e-10);
  std::vector<std::uint32_t> links(network.links());
  std::iota(links.begin(), links.end(), 0U);
  const auto shares = assignment.shares(links);
  for (const std::uint32_t link : links) {
    double flow = 0;
    for (const auto& [pair, share] : shares[link]) flow += share * pairs[pair].flow;
    EXPECT_NEAR(flow, found.link_flow[link], 1e-9 * (1 + found.link_flow[link])) << link;
  }
}

}  // namespace
}  // namespace kontwin::traffic
