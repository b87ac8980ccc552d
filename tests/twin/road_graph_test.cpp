#include "twin/road_graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/twin/bare_network.hpp"
#include "twin/entity_ref.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin {
namespace {

using testing::bare_network;
using testing::random_network;

/// Whole numbers, so that sums are exact in any order; some links may not be used.
std::vector<double> random_costs(RandomStream& random, std::size_t links) {
  std::vector<double> cost(links);
  for (double& one : cost) {
    one = random.uniform() < 0.1 ? unreachable : static_cast<double>(random.below(20));
  }
  return cost;
}

/// Bellman and Ford, from the definition.
std::vector<double> bellman_ford(const RoadNetwork& roads, std::size_t junctions,
                                 std::uint32_t origin, const std::vector<double>& cost) {
  std::vector<double> best(junctions, unreachable);
  best[origin] = 0;
  for (std::size_t round = 0; round < junctions; ++round) {
    for (std::size_t link = 0; link < roads.links(); ++link) {
      best[roads.to[link]] = std::min(best[roads.to[link]], best[roads.from[link]] + cost[link]);
    }
  }
  return best;
}

TEST(RoadGraph, RoutesFromAgreeWithBellmanAndFordOnRandomGraphs) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RandomStream random(7, seed);
    const auto junctions = static_cast<std::uint32_t>(2 + random.below(30));
    const RoadNetwork roads = random_network(random, junctions, random.below(120));
    const std::vector<double> cost = random_costs(random, roads.links());
    const RoadGraph graph(junctions, roads);
    const auto origin = static_cast<std::uint32_t>(random.below(junctions));
    const RouteTree tree = graph.routes_from(origin, cost);
    EXPECT_EQ(tree.cost, bellman_ford(roads, junctions, origin, cost)) << "seed " << seed;
    for (std::uint32_t at = 0; at < junctions; ++at) {
      if (tree.link[at] == no_row) continue;
      const std::uint32_t link = tree.link[at];
      EXPECT_EQ(roads.to[link], at);
      EXPECT_EQ(tree.cost[roads.from[link]] + cost[link], tree.cost[at]);
    }
  }
}

TEST(RoadGraph, RoutesToFollowTheirLinksToTheNearestTarget) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RandomStream random(11, seed);
    const auto junctions = static_cast<std::uint32_t>(3 + random.below(30));
    const RoadNetwork roads = random_network(random, junctions, random.below(120));
    const std::vector<double> cost = random_costs(random, roads.links());
    const RoadGraph graph(junctions, roads);
    const std::vector<std::uint32_t> targets{static_cast<std::uint32_t>(random.below(junctions)),
                                             static_cast<std::uint32_t>(random.below(junctions))};
    const RouteTree tree = graph.routes_to(targets, cost);
    for (std::uint32_t at = 0; at < junctions; ++at) {
      const std::vector<double> best = bellman_ford(roads, junctions, at, cost);
      const double nearest = std::min(best[targets[0]], best[targets[1]]);
      ASSERT_EQ(tree.cost[at], nearest) << "seed " << seed;
      if (nearest == unreachable) continue;
      double driven = 0;
      std::uint32_t here = at;
      for (std::size_t steps = 0; tree.link[here] != no_row && steps <= junctions; ++steps) {
        driven += cost[tree.link[here]];
        here = roads.to[tree.link[here]];
      }
      EXPECT_TRUE(here == targets[0] || here == targets[1]);
      EXPECT_EQ(driven, nearest);
    }
  }
}

TEST(RoadGraph, ARouteIsTheSameAsTheTreeSays) {
  RandomStream random(3, 1);
  const RoadNetwork roads = random_network(random, 40, 160);
  const std::vector<double> cost = random_costs(random, roads.links());
  const RoadGraph graph(40, roads);
  for (std::uint32_t from = 0; from < 40; ++from) {
    const RouteTree tree = graph.routes_from(from, cost);
    for (std::uint32_t to = 0; to < 40; ++to) {
      const auto route = graph.shortest_route(from, to, cost);
      ASSERT_EQ(route.has_value(), tree.cost[to] < unreachable);
      if (!route) continue;
      EXPECT_EQ(route->cost, tree.cost[to]);
      std::uint32_t here = from;
      for (const std::uint32_t link : route->links) {
        ASSERT_EQ(graph.from(link), here);
        here = graph.to(link);
      }
      EXPECT_EQ(here, to);
    }
  }
}

TEST(RoadGraph, TiesGoToTheLowerRoadRow) {
  // Two ways of equal cost, and two parallel links on one of them.
  const RoadGraph graph(4, bare_network({{0, 2}, {2, 3}, {0, 1}, {1, 3}, {0, 2}}));
  const std::vector<double> cost(5, 1);
  EXPECT_EQ(graph.shortest_route(0, 3, cost)->links, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(graph.routes_to(std::vector<std::uint32_t>{3}, cost).link[0], 0U);
}

TEST(RoadGraph, ListsTheLinksOfAJunctionByRisingRow) {
  const RoadGraph graph(3, bare_network({{0, 1}, {2, 1}, {0, 2}, {0, 1}}));
  const auto out = graph.out_links(0);
  EXPECT_EQ(std::vector(out.begin(), out.end()), (std::vector<std::uint32_t>{0, 2, 3}));
  const auto in = graph.in_links(1);
  EXPECT_EQ(std::vector(in.begin(), in.end()), (std::vector<std::uint32_t>{0, 1, 3}));
  EXPECT_TRUE(graph.out_links(1).empty());
}

/// Every loopless route, by trying all.
void all_routes(const RoadNetwork& roads, std::uint32_t at, std::uint32_t to,
                const std::vector<double>& cost, std::vector<bool>& seen, double so_far,
                std::vector<double>& found) {
  if (at == to) {
    found.push_back(so_far);
    return;
  }
  seen[at] = true;
  for (std::size_t link = 0; link < roads.links(); ++link) {
    if (roads.from[link] == at && cost[link] < unreachable && !seen[roads.to[link]]) {
      all_routes(roads, roads.to[link], to, cost, seen, so_far + cost[link], found);
    }
  }
  seen[at] = false;
}

TEST(RoadGraph, AlternativesAreTheCheapestLooplessRoutes) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    RandomStream random(5, seed);
    const RoadNetwork roads = random_network(random, 7, 16);
    const std::vector<double> cost = random_costs(random, roads.links());
    std::vector<bool> seen(7, false);
    std::vector<double> expected;
    all_routes(roads, 0, 6, cost, seen, 0, expected);
    std::ranges::sort(expected);
    if (expected.size() > 5) expected.resize(5);
    std::vector<double> measured;
    for (const Route& route : RoadGraph(7, roads).alternatives(0, 6, 5, cost)) {
      measured.push_back(route.cost);
    }
    EXPECT_EQ(measured, expected) << "seed " << seed;
  }
}

TEST(RoadGraph, ComponentsAreNumberedFromTheLargest) {
  // 0 <-> 1, 2 -> 3 -> 4 -> 2, 5 alone; the link 1 -> 2 joins them one way only.
  const RoadGraph graph(6, bare_network({{0, 1}, {1, 0}, {2, 3}, {3, 4}, {4, 2}, {1, 2}, {2, 1}}));
  std::vector<double> cost(7, 1);
  EXPECT_EQ(graph.components(cost), (std::vector<std::uint32_t>{0, 0, 0, 0, 0, 1}));
  cost[6] = unreachable;
  EXPECT_EQ(graph.components(cost), (std::vector<std::uint32_t>{1, 1, 0, 0, 0, 2}));
}

TEST(RoadGraph, RefusesCostsAndLinksThatDoNotFit) {
  EXPECT_THROW(RoadGraph(2, bare_network({{0, 2}})), WorldError);
  const RoadGraph graph(2, bare_network({{0, 1}}));
  EXPECT_THROW(graph.shortest_route(0, 1, std::vector<double>{1, 2}), WorldError);
  EXPECT_THROW(graph.routes_from(9, std::vector<double>{1}), WorldError);
}

}  // namespace
}  // namespace kontwin
