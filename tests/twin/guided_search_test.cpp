#include "twin/guided_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "twin/landmarks.hpp"
#include "twin/random.hpp"

namespace kontwin {
namespace {

constexpr std::uint32_t junctions = 60;

/// A network of two pieces and some one-way links, with costs that single precision cannot hold.
struct Town {
  explicit Town(std::uint64_t seed) : random(seed, 1) {
    RoadNetwork roads;
    for (int i = 0; i < 150; ++i) {
      // Nothing leads from the last ten junctions to the others.
      const bool apart = random.uniform() < 0.1;
      roads.from.push_back(
          static_cast<std::uint32_t>(apart ? 50 + random.below(10) : random.below(junctions - 10)));
      roads.to.push_back(
          static_cast<std::uint32_t>(apart ? 50 + random.below(10) : random.below(junctions)));
      least.push_back(random.uniform(1, 20) + 1e4);
      cost.push_back(random.uniform() < 0.1 ? unreachable : least.back() * random.uniform(1, 3));
    }
    graph.emplace(junctions, roads);
  }
  RandomStream random;
  std::optional<RoadGraph> graph;
  std::vector<double> least, cost;
};

TEST(GuidedSearch, FindsWhatDijkstraFindsWithFewerThanAllTargets) {
  SearchLabels labels;
  std::vector<std::uint32_t> links;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Town town(seed);
    const Landmarks landmarks(*town.graph, town.least);
    for (std::uint32_t from = 0; from < junctions; from += 7) {
      const RouteTree tree = town.graph->routes_from(from, town.cost);
      for (std::uint32_t to = 0; to < junctions; ++to) {
        double reached = -1;
        const std::uint32_t end = guided_search(
            *town.graph, from, 0, std::span(&to, 1), unreachable,
            [&](std::uint32_t link, double at) { return at + town.cost[link]; },
            [&](std::uint32_t junction) { return landmarks.bound(junction, to); }, labels, reached);
        ASSERT_EQ(reached, tree.cost[to]) << "seed " << seed << " from " << from << " to " << to;
        ASSERT_EQ(end, reached < unreachable ? to : no_row);
        if (end == no_row) continue;
        labels.way_to(*town.graph, to, links);
        double sum = 0;
        std::uint32_t at = from;
        for (const std::uint32_t link : links) {
          ASSERT_EQ(town.graph->from(link), at);
          at = town.graph->to(link);
          sum += town.cost[link];
        }
        ASSERT_EQ(at, to);
        ASSERT_EQ(sum, reached);
      }
    }
  }
}

TEST(GuidedSearch, TheNearestOfSeveralTargetsIsReached) {
  SearchLabels labels;
  Town town(3);
  const Landmarks landmarks(*town.graph, town.least);
  const std::vector<std::uint32_t> targets{11, 23, 42};
  for (std::uint32_t from = 0; from < 50; ++from) {
    const RouteTree tree = town.graph->routes_from(from, town.cost);
    double nearest = unreachable;
    for (const std::uint32_t target : targets) nearest = std::min(nearest, tree.cost[target]);
    double reached = -1;
    guided_search(
        *town.graph, from, 0, targets, unreachable,
        [&](std::uint32_t link, double at) { return at + town.cost[link]; },
        [&](std::uint32_t junction) {
          double least = unreachable;
          for (const std::uint32_t target : targets) {
            least = std::min(least, landmarks.bound(junction, target));
          }
          return least;
        },
        labels, reached);
    ASSERT_EQ(reached, nearest) << from;
  }
}

TEST(GuidedSearch, AWayThatCostsMoreThanTheLimitIsNotFound) {
  SearchLabels labels;
  Town town(5);
  const auto cost = [&](std::uint32_t link, double at) { return at + town.cost[link]; };
  const auto nothing_known = [](std::uint32_t) { return 0.0; };
  const RouteTree tree = town.graph->routes_from(0, town.cost);
  for (std::uint32_t to = 1; to < junctions; ++to) {
    if (!(tree.cost[to] < unreachable)) continue;
    double reached = 0;
    EXPECT_EQ(guided_search(*town.graph, 0, 0, std::span(&to, 1), tree.cost[to], cost,
                            nothing_known, labels, reached),
              to);
    EXPECT_EQ(guided_search(*town.graph, 0, 0, std::span(&to, 1), tree.cost[to] * 0.999, cost,
                            nothing_known, labels, reached),
              no_row);
    EXPECT_EQ(reached, unreachable);
  }
}

TEST(GuidedSearch, GoesRoundALinkThatIsSlowWhenOneWouldBeThere) {
  // 0 -> 1 -> 3 is short, but from 100 on the second link takes 500; 0 -> 2 -> 3 always takes 120.
  RoadNetwork roads;
  roads.from = {0, 1, 0, 2};
  roads.to = {1, 3, 2, 3};
  const RoadGraph graph(4, roads);
  const auto cost = [](std::uint32_t link, double at) {
    if (link == 1) return std::max(at + 20, std::min(at, 100.0) + (at > 100 ? at + 400 : 20));
    return at + (link == 0 ? 20 : 60);
  };
  SearchLabels labels;
  std::vector<std::uint32_t> links;
  const std::uint32_t to = 3;
  double reached = 0;
  const auto way = [&](double start) {
    guided_search(
        graph, 0, start, std::span(&to, 1), unreachable, cost, [](std::uint32_t) { return 0.0; },
        labels, reached);
    labels.way_to(graph, to, links);
    return links;
  };
  EXPECT_EQ(way(10), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(reached, 50);
  EXPECT_EQ(way(90), (std::vector<std::uint32_t>{2, 3}));
  EXPECT_EQ(reached, 210);
}

}  // namespace
}  // namespace kontwin
