#include "twin/driving_graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/twin/bare_network.hpp"
#include "twin/entity_ref.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin {
namespace {

using testing::bare_network;

constexpr std::uint32_t car = 0b10, lorry = 0b1000;

/// A random network of which about a fourth of the turns are forbidden to cars.
RoadNetwork with_forbidden_turns(RandomStream& random, std::uint32_t junctions, std::size_t links) {
  RoadNetwork roads = testing::random_network(random, junctions, links);
  for (std::uint32_t from = 0; from < links; ++from) {
    for (std::uint32_t to = 0; to < links; ++to) {
      if (roads.to[from] != roads.from[to] || random.uniform() > 0.25) continue;
      roads.forbidden_turns.push_back({from, to, random.uniform() < 0.8 ? car : lorry});
    }
  }
  return roads;
}

bool may_turn(const RoadNetwork& roads, std::uint32_t from, std::uint32_t to, std::uint32_t kinds) {
  return roads.to[from] == roads.from[to] &&
         std::ranges::none_of(roads.forbidden_turns, [&](const ForbiddenTurn& turn) {
           return turn.from == from && turn.to == to && (kinds & ~turn.kinds) == 0;
         });
}

/// [a][b] whether b can be driven to from a, link by link, from the definition.
std::vector<std::vector<bool>> ways(const RoadNetwork& roads, std::size_t junctions,
                                    const std::vector<std::uint8_t>& usable, std::uint32_t kinds) {
  std::vector<std::vector<bool>> leads(junctions, std::vector<bool>(junctions, false));
  for (std::uint32_t start = 0; start < junctions; ++start) {
    leads[start][start] = true;
    std::vector<std::uint32_t> open;
    std::set<std::uint32_t> seen;
    const auto enter = [&](std::uint32_t link) {
      if (usable[link] != 0 && seen.insert(link).second) open.push_back(link);
    };
    for (std::uint32_t link = 0; link < roads.links(); ++link) {
      if (roads.from[link] == start) enter(link);
    }
    while (!open.empty()) {
      const std::uint32_t link = open.back();
      open.pop_back();
      leads[start][roads.to[link]] = true;
      for (std::uint32_t next = 0; next < roads.links(); ++next) {
        if (may_turn(roads, link, next, kinds)) enter(next);
      }
    }
  }
  return leads;
}

std::vector<std::uint8_t> some_usable(RandomStream& random, std::size_t links) {
  std::vector<std::uint8_t> usable(links);
  for (std::uint8_t& one : usable) one = random.uniform() < 0.9 ? 1 : 0;
  return usable;
}

TEST(DrivingGraph, ReachesOverAllowedTurnsAloneOnRandomNetworks) {
  for (std::uint64_t seed = 0; seed < 80; ++seed) {
    RandomStream random(11, seed);
    const auto junctions = static_cast<std::uint32_t>(2 + random.below(12));
    const RoadNetwork roads = with_forbidden_turns(random, junctions, 1 + random.below(40));
    const auto usable = some_usable(random, roads.links());
    const std::vector<std::uint32_t> targets{static_cast<std::uint32_t>(random.below(junctions)),
                                             static_cast<std::uint32_t>(random.below(junctions))};
    for (const std::uint32_t kinds : {car, car | lorry}) {
      const auto reaches = DrivingGraph(junctions, roads, kinds).reaching(targets, usable);
      const auto leads = ways(roads, junctions, usable, kinds);
      for (std::uint32_t junction = 0; junction < junctions; ++junction) {
        EXPECT_EQ(reaches[junction] != 0,
                  leads[junction][targets[0]] || leads[junction][targets[1]])
            << "seed " << seed << " junction " << junction;
      }
    }
  }
}

TEST(DrivingGraph, AllOfTheLargestPartCanBeDrivenToFromAnyOfIt) {
  for (std::uint64_t seed = 0; seed < 80; ++seed) {
    RandomStream random(12, seed);
    const auto junctions = static_cast<std::uint32_t>(2 + random.below(12));
    const RoadNetwork roads = with_forbidden_turns(random, junctions, 20 + random.below(40));
    const auto usable = some_usable(random, roads.links());
    std::vector<double> cost;
    for (const std::uint8_t one : usable) cost.push_back(one != 0 ? 1 : unreachable);
    const auto part = DrivingGraph(junctions, roads, car).components(cost);
    const auto leads = ways(roads, junctions, usable, car);
    for (std::uint32_t a = 0; a < junctions; ++a) {
      for (std::uint32_t b = 0; b < junctions; ++b) {
        if (part[a] == 0 && part[b] == 0) {
          EXPECT_TRUE(leads[a][b]) << "seed " << seed << " from " << a << " to " << b;
        }
      }
    }
  }
}

/// 0 - 1 - 2, both ways, and 3 off the middle, both ways.
RoadNetwork fork() { return bare_network({{0, 1}, {1, 0}, {1, 2}, {2, 1}, {1, 3}, {3, 1}}); }

TEST(DrivingGraph, WhoMayNotTurnInIsCutOffThoughARoadIsThere) {
  RoadNetwork roads = fork();
  const std::vector<double> cost(6, 1);
  const std::vector<std::uint8_t> usable(6, 1);
  const std::vector<std::uint32_t> three{3};
  EXPECT_EQ(DrivingGraph(4, roads, car).components(cost), (std::vector<std::uint32_t>{0, 0, 0, 0}));
  roads.forbidden_turns = {{0, 4, car}, {3, 4, car | lorry}, {5, 4, car}};
  const DrivingGraph cars(4, roads, car);
  const auto part = cars.components(cost);
  EXPECT_EQ(part[0], 0U);
  EXPECT_EQ(part[1], 0U);
  EXPECT_EQ(part[2], 0U);
  EXPECT_NE(part[3], 0U);
  // Who starts at the middle is not held to how one came there.
  EXPECT_EQ(cars.reaching(three, usable), (std::vector<std::uint8_t>{0, 1, 0, 1}));
  EXPECT_EQ(DrivingGraph(4, roads, lorry).reaching(three, usable),
            (std::vector<std::uint8_t>{1, 1, 1, 1}));
}

TEST(DrivingGraph, RefusesToBeForNobody) { EXPECT_THROW(DrivingGraph(4, fork(), 0), WorldError); }

}  // namespace
}  // namespace kontwin
