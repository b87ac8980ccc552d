#include "twin/landmarks.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "twin/random.hpp"

namespace kontwin {
namespace {

struct RandomGraph {
  RoadNetwork roads;
  std::vector<double> least_cost, cost;
  std::uint32_t junctions;

  explicit RandomGraph(RandomStream& random)
      : junctions(static_cast<std::uint32_t>(2 + random.below(40))) {
    const std::size_t links = random.below(200);
    for (std::size_t i = 0; i < links; ++i) {
      roads.from.push_back(static_cast<std::uint32_t>(random.below(junctions)));
      roads.to.push_back(static_cast<std::uint32_t>(random.below(junctions)));
      least_cost.push_back(random.uniform() < 0.05 ? unreachable : random.uniform(0, 500));
      // Slower than it could be, or shut for now.
      cost.push_back(random.uniform() < 0.1 ? unreachable
                                            : least_cost.back() * random.uniform(1, 1.5));
    }
  }
};

TEST(Landmarks, NeverSayThatMoreIsToGoThanThereIs) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RandomStream random(11, seed);
    const RandomGraph made(random);
    const RoadGraph graph(made.junctions, made.roads);
    const Landmarks landmarks(graph, made.least_cost);
    const std::vector<std::uint32_t> targets{
        static_cast<std::uint32_t>(random.below(made.junctions)),
        static_cast<std::uint32_t>(random.below(made.junctions))};
    const auto bounds = landmarks.towards(targets);
    const RouteTree exact = graph.routes_to(targets, made.least_cost);
    for (std::uint32_t junction = 0; junction < made.junctions; ++junction) {
      EXPECT_LE(bounds.to_go(junction), exact.cost[junction]) << "seed " << seed;
    }
  }
}

TEST(Landmarks, LeaveTheCostOfTheBestRouteAsItIs) {
  std::size_t with_a_way = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    RandomStream random(12, seed);
    const RandomGraph made(random);
    const RoadGraph graph(made.junctions, made.roads);
    const Landmarks landmarks(graph, made.least_cost);
    std::vector<RouteStart> starts;
    std::vector<std::uint32_t> targets;
    for (int i = 0; i < 3; ++i) {
      starts.push_back(
          {static_cast<std::uint32_t>(random.below(made.junctions)), random.uniform(0, 300)});
      targets.push_back(static_cast<std::uint32_t>(random.below(made.junctions)));
    }
    const RouteTree exact = graph.routes_to(targets, made.cost);
    double least = unreachable;
    for (const RouteStart& start : starts) {
      least = std::min(least, start.cost + exact.cost[start.junction]);
    }
    for (const Landmarks* help : {static_cast<const Landmarks*>(nullptr), &landmarks}) {
      const auto route = graph.shortest_route(starts, targets, made.cost, help);
      ASSERT_EQ(route.has_value(), least < unreachable) << "seed " << seed;
      if (!route) continue;
      ++with_a_way;
      EXPECT_NEAR(route->cost, least, 1e-9 * least);
      // The links follow each other from a start to a target, and make up the cost.
      const auto start = std::ranges::find(starts, route->from, &RouteStart::junction);
      ASSERT_NE(start, starts.end());
      double sum = unreachable;
      for (const RouteStart& one : starts) {
        if (one.junction == route->from) sum = std::min(sum, one.cost);
      }
      std::uint32_t at = route->from;
      for (const std::uint32_t link : route->links) {
        EXPECT_EQ(graph.from(link), at);
        at = graph.to(link);
        sum += made.cost[link];
      }
      EXPECT_TRUE(std::ranges::count(targets, at));
      EXPECT_NEAR(sum, route->cost, 1e-9 * least);
    }
  }
  EXPECT_GT(with_a_way, 100U);
}

TEST(Landmarks, SeeThatThereIsNoWayAtAll) {
  RoadNetwork roads;  // 0 -> 1, and 2 <-> 3 apart from them
  roads.from = {0, 2, 3};
  roads.to = {1, 3, 2};
  const RoadGraph graph(4, roads);
  const std::vector<double> cost{1, 1, 1};
  const Landmarks landmarks(graph, cost);
  const std::uint32_t target = 3;
  EXPECT_EQ(landmarks.towards({&target, 1}).to_go(0), unreachable);
  EXPECT_LE(landmarks.towards({&target, 1}).to_go(2), 1);
}

}  // namespace
}  // namespace kontwin
