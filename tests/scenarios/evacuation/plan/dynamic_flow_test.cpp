#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "scenarios/evacuation/plan/max_flow.hpp"
#include "scenarios/evacuation/plan/quickest_flow.hpp"
#include "scenarios/evacuation/plan/time_expansion.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

using namespace evacuation;

DynamicNetwork random_dynamic(std::uint32_t nodes, std::size_t arcs, std::uint64_t seed) {
  DynamicNetwork network;
  network.nodes = nodes;
  RandomStream random(seed, nodes);
  for (std::size_t arc = 0; arc < arcs; ++arc) {
    const auto from = static_cast<std::uint32_t>(random.below(nodes));
    const auto to = static_cast<std::uint32_t>(random.below(nodes));
    network.add(from, to, static_cast<Amount>(random.below(6)), static_cast<Step>(random.below(5)));
  }
  return network;
}

TEST(QuickestFlow, AlongOnePathIsTravelPlusWaitingForTheNarrowestArc) {
  RandomStream random(7, 7);
  for (int i = 0; i < 50; ++i) {
    DynamicNetwork path;
    path.nodes = 2 + static_cast<std::uint32_t>(random.below(8));
    Step travel = 0;
    Amount narrowest = boundless;
    for (std::uint32_t node = 0; node + 1 < path.nodes; ++node) {
      const auto steps = static_cast<Step>(random.below(30));
      const auto capacity = static_cast<Amount>(1 + random.below(20));
      path.add(node, node + 1, capacity, steps);
      travel += steps;
      narrowest = std::min(narrowest, capacity);
    }
    const auto amount = static_cast<Amount>(1 + random.below(500));
    const auto expected = static_cast<Step>(travel + (amount + narrowest - 1) / narrowest - 1);
    EXPECT_EQ(quickest_flow(path, 0, path.nodes - 1, amount), expected);
    const Transshipment problem{path, {{0, amount, 0}}, {{path.nodes - 1, amount}}};
    EXPECT_EQ(quickest_transshipment(problem, 10000).last, expected);
  }
}

TEST(QuickestFlow, AgreesWithTimeExpansionAndWithTheMaximumDynamicFlow) {
  int reached = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const auto nodes = static_cast<std::uint32_t>(4 + seed % 8);
    const DynamicNetwork network = random_dynamic(nodes, nodes * 3, seed);
    const Amount amount = 40;
    const auto last = quickest_flow(network, 0, nodes - 1, amount);
    const Transshipment problem{network, {{0, amount, 0}}, {{nodes - 1, amount}}};
    const auto expanded = quickest_transshipment(problem, 1000);
    ASSERT_EQ(last.has_value(), expanded.amount == amount) << seed;
    if (!last) continue;
    ++reached;
    EXPECT_EQ(*last, expanded.last) << seed;
    EXPECT_GE(maximum_dynamic_flow(network, 0, nodes - 1, *last), amount);
    EXPECT_LT(maximum_dynamic_flow(network, 0, nodes - 1, *last - 1), amount);
    const Transshipment unlimited{network, {{0, boundless / 4, 0}}, {{nodes - 1, boundless / 4}}};
    for (const Step step : {*last / 2, *last, *last + 3}) {
      EXPECT_EQ(maximum_dynamic_flow(network, 0, nodes - 1, step), arrives_by(unlimited, step));
    }
  }
  EXPECT_GT(reached, 20);
}

TEST(QuickestFlow, KnowsNothingAndNoWay) {
  DynamicNetwork network;
  network.nodes = 3;
  network.add(0, 1, 5, 2);
  EXPECT_EQ(quickest_flow(network, 0, 1, 0), 0);
  EXPECT_EQ(quickest_flow(network, 0, 2, 1), std::nullopt);
  EXPECT_EQ(maximum_dynamic_flow(network, 0, 1, -1), 0);
  EXPECT_EQ(maximum_dynamic_flow(network, 0, 1, 1), 0);
  EXPECT_EQ(maximum_dynamic_flow(network, 0, 1, 2), 5);
  network.last_entry[0] = 10;
  EXPECT_THROW(quickest_flow(network, 0, 1, 1), ScenarioError);
}

TEST(TimeExpansion, HasACopyForEachStepInWhichAnythingCanBeThere) {
  Transshipment problem;
  problem.network.nodes = 3;
  problem.network.add(0, 1, 2, 3);
  problem.network.add(1, 2, 2, 4);
  problem.supplies = {{0, 10, 1}};
  problem.rooms = {{2, 10}};
  const TimeExpansion expansion(problem, 10);
  // From step 1 on, and to the end less 7: steps 1 to 3 at the first node, and as many at the
  // others.
  EXPECT_EQ(expansion.flows().nodes, 3U * 3U + 4U);
  EXPECT_EQ(arrives_by(problem, 7), 0);
  EXPECT_EQ(arrives_by(problem, 8), 2);
  EXPECT_EQ(arrives_by(problem, 10), 6);
  EXPECT_EQ(quickest_transshipment(problem, 100).last, 12);
}

TEST(QuickestTransshipment, NamesTheArcThatHoldsItBack) {
  Transshipment problem;
  problem.network.nodes = 4;
  problem.network.add(0, 1, 50, 1);
  problem.network.add(1, 2, 5, 2);  // the bridge
  problem.network.add(2, 3, 50, 1);
  problem.supplies = {{0, 100, 0}};
  problem.rooms = {{3, 100}};
  const auto found = quickest_transshipment(problem, 1000);
  EXPECT_EQ(found.amount, 100);
  EXPECT_EQ(found.last, 4 + 20 - 1);
  EXPECT_EQ(found.full_steps, (std::vector<Step>{0, 19, 0}));
  EXPECT_EQ(found.full_rooms, (std::vector<std::uint8_t>{0}));
}

TEST(QuickestTransshipment, FillsTheNearRoomAndSendsTheRestOn) {
  Transshipment problem;
  problem.network.nodes = 3;
  problem.network.add(0, 1, 10, 1);
  problem.network.add(1, 2, 10, 5);
  problem.supplies = {{0, 60, 0}};
  problem.rooms = {{1, 20}, {2, 100}};
  const auto found = quickest_transshipment(problem, 1000);
  // Whoever goes far goes first; the near room takes those who start last.
  EXPECT_EQ(found.amount, 60);
  EXPECT_EQ(found.last, 9);
  problem.rooms[1].amount = 10;
  const auto too_little = quickest_transshipment(problem, 1000);
  EXPECT_EQ(too_little.amount, 30);  // thirty have no room
}

TEST(QuickestTransshipment, WhatHasNotPassedWhenAnArcClosesIsLeftBehind) {
  Transshipment problem;
  problem.network.nodes = 2;
  problem.network.add(0, 1, 10, 3, 4);  // the last enter in step 4
  problem.supplies = {{0, 80, 0}};
  problem.rooms = {{1, 80}};
  const auto found = quickest_transshipment(problem, 500);
  EXPECT_EQ(found.amount, 50);
  EXPECT_EQ(found.last, 7);
}

TEST(QuickestTransshipment, WaitingOnTheWayHelpsWhereTheWayBehindCloses) {
  Transshipment problem;
  problem.network.nodes = 3;
  problem.network.add(0, 1, 10, 0, 1);  // closes after two steps
  problem.network.add(1, 2, 5, 0);
  problem.supplies = {{0, 20, 0}};
  problem.rooms = {{2, 20}};
  const auto found = quickest_transshipment(problem, 100);
  EXPECT_EQ(found.amount, 20);
  EXPECT_EQ(found.last, 3);
}

TEST(QuickestTransshipment, RefusesWhatMakesNoSense) {
  Transshipment problem;
  problem.network.nodes = 2;
  problem.network.add(0, 1, 5, 1);
  problem.supplies = {{0, 1, 0}};
  problem.rooms = {{1, -1}};
  EXPECT_THROW(quickest_transshipment(problem, 10), ScenarioError);
  problem.rooms = {{2, 1}};
  EXPECT_THROW(quickest_transshipment(problem, 10), ScenarioError);
  problem.rooms = {{1, 1}};
  problem.network.travel[0] = -1;
  EXPECT_THROW(quickest_transshipment(problem, 10), ScenarioError);
}

}  // namespace
}  // namespace kontwin::testing
