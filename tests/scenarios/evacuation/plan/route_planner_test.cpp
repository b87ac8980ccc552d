#include "scenarios/evacuation/plan/route_planner.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>

#include "scenarios/evacuation/plan/time_expansion.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

using namespace evacuation;

/// That groups drive along roads that are there, no faster than they can, and that no step of no
/// road takes in more than it can.
void expect_possible(const TimedNetwork& network, std::span<const RouteDemand> demands,
                     std::span<const RouteGoal> goals, const RoutePlan& plan) {
  std::map<std::pair<std::uint32_t, std::int64_t>, double> entered;
  std::vector<std::uint32_t> sent(demands.size(), 0), taken(goals.size(), 0);
  for (const RoutedGroup& group : plan.groups) {
    const RouteDemand& demand = demands[group.demand];
    ASSERT_GT(group.people, 0U);
    sent[group.demand] += group.people;
    taken[group.goal] += group.people;
    std::uint32_t at = demand.node;
    double moment_s = demand.ready_s;
    for (std::size_t i = 0; i < group.arcs.size(); ++i) {
      const std::uint32_t arc = group.arcs[i];
      ASSERT_EQ(network.from[arc], at);
      ASSERT_GE(group.enter_s[i], moment_s - 1e-6);
      ASSERT_LE(group.enter_s[i], network.last_entry_s[arc]);
      moment_s = group.enter_s[i] + network.travel_s[arc];
      at = network.to[arc];
      const auto step = static_cast<std::int64_t>(group.enter_s[i] / plan.step_s[arc]);
      entered[{arc, step}] += group.people * demand.units_each;
    }
    ASSERT_EQ(at, goals[group.goal].node);
    ASSERT_NEAR(group.arrive_s, moment_s, 1e-6);
    ASSERT_GE(group.done_s, group.arrive_s);
  }
  for (const auto& [where, units] : entered) {
    ASSERT_LE(units, network.capacity_ps[where.first] * plan.step_s[where.first] + 1e-6);
  }
  for (std::size_t i = 0; i < demands.size(); ++i) {
    ASSERT_EQ(sent[i] + plan.left[i], demands[i].people);
  }
  for (std::size_t i = 0; i < goals.size(); ++i) ASSERT_LE(taken[i], goals[i].room);
}

TEST(RoutePlanner, AlongOneRoadTakesAsLongAsAFlowDoes) {
  TimedNetwork road;
  road.nodes = 4;
  road.add(0, 1, 100, 3);
  road.add(1, 2, 60, 0.5);
  road.add(2, 3, 200, 4);
  const std::vector<RouteDemand> demands{{.node = 0, .people = 900}};
  const std::vector<RouteGoal> goals{{3, 1000}};
  const RoutePlan plan = plan_routes(road, demands, goals, {.step_s = 20});
  expect_possible(road, demands, goals, plan);
  EXPECT_NEAR(plan.done_s, 360 + 900 / 0.5, 1e-6);
  // Who would only stand before the narrow road leaves later.
  for (const RoutedGroup& group : plan.groups) {
    EXPECT_NEAR(group.arrive_s - group.depart_s(), 360, 20);
  }
}

TEST(RoutePlanner, UsesTheLongWayWhenTheShortOneIsFull) {
  TimedNetwork network;
  network.nodes = 3;
  network.add(0, 2, 100, 1);  // short
  network.add(0, 1, 200, 1);
  network.add(1, 2, 200, 1);
  const std::vector<RouteDemand> demands{{.node = 0, .people = 1000}};
  const std::vector<RouteGoal> goals{{2, 1000}};
  const RoutePlan plan = plan_routes(network, demands, goals, {.step_s = 10});
  expect_possible(network, demands, goals, plan);
  std::uint32_t by_short = 0;
  for (const RoutedGroup& group : plan.groups)
    by_short += group.arcs.size() == 1 ? group.people : 0;
  EXPECT_NEAR(by_short, 650, 20);  // 100 + 650 = 400 + 350
  EXPECT_NEAR(plan.done_s, 750, 20);
}

TEST(RoutePlanner, KeepsPlacesAndRoomAndWholePeople) {
  TimedNetwork network;
  network.nodes = 4;
  for (std::uint32_t node = 0; node < 3; ++node) network.add(node, 3, 30 + node, 0.2);
  const std::vector<RouteDemand> demands{{.node = 0, .people = 50, .units_each = 8.3},
                                         {.node = 1, .people = 50, .units_each = 25},
                                         {.node = 2, .people = 50, .units_each = 8.3}};
  const std::vector<RouteGoal> goals{{3, 40}, {3, 60}};
  const RoutePlan plan = plan_routes(network, demands, goals, {.step_s = 30});
  expect_possible(network, demands, goals, plan);
  EXPECT_EQ(plan.left[0] + plan.left[1] + plan.left[2], 50U);
  // A step of 30 s lets in 6 units, too few for one of the second: it got longer steps.
  EXPECT_EQ(plan.step_s[0], 150);
}

TEST(RoutePlanner, SendsNobodyWhoWouldNotGetPastBeforeARoadCloses) {
  TimedNetwork network;
  network.nodes = 3;
  network.add(0, 1, 100, 1);
  network.add(1, 2, 100, 1, 299);
  const std::vector<RouteDemand> demands{{.node = 0, .people = 500}};
  const std::vector<RouteGoal> goals{{2, 500}};
  const RoutePlan plan = plan_routes(network, demands, goals, {.step_s = 20});
  expect_possible(network, demands, goals, plan);
  EXPECT_NEAR(plan.left[0], 300, 20);
}

TEST(RoutePlanner, SparesTimeBeforeARoadClosesUnlessThereIsNoOther) {
  TimedNetwork network;
  network.nodes = 3;
  network.add(0, 1, 100, 10, 1000);
  network.add(0, 1, 500, 10);
  network.add(0, 2, 100, 10, 1000);
  const auto arc_of = [&network](std::uint32_t goal, double spare_s) {
    const std::vector<RouteDemand> demands{{.node = 0, .people = 50, .spare_s = spare_s}};
    const std::vector<RouteGoal> goals{{goal, 500}};
    const RoutePlan plan = plan_routes(network, demands, goals, {.step_s = 20});
    expect_possible(network, demands, goals, plan);
    EXPECT_EQ(plan.left[0], 0U);
    return plan.groups.front().arcs.front();
  };
  EXPECT_EQ(arc_of(1, 0), 0U);
  EXPECT_EQ(arc_of(1, 900), 0U);
  EXPECT_EQ(arc_of(1, 1100), 1U);
  EXPECT_EQ(arc_of(2, 1100), 2U);
}

TEST(RoutePlanner, SendsThoseWhoHurryBeforeThoseWhoAreNearer) {
  TimedNetwork network;
  network.nodes = 3;
  network.add(0, 1, 100, 10);
  network.add(1, 2, 100, 1);
  const auto last_s = [&network](bool hurries) {
    const std::vector<RouteDemand> demands{{.node = 0, .people = 100, .hurries = hurries},
                                           {.node = 1, .people = 200}};
    const std::vector<RouteGoal> goals{{2, 500}};
    const RoutePlan plan = plan_routes(network, demands, goals, {.step_s = 20});
    expect_possible(network, demands, goals, plan);
    EXPECT_EQ(plan.left[0] + plan.left[1], 0U);
    std::array<double, 2> last{};
    for (const RoutedGroup& group : plan.groups) {
      last[group.demand] = std::max(last[group.demand], group.done_s);
    }
    return last;
  };
  EXPECT_LE(last_s(true)[0], 320);
  EXPECT_GT(last_s(false)[0], 340);
  EXPECT_LE(last_s(true)[1], 420);  // and those who are nearer lose nothing of the road
}

TEST(RoutePlanner, IsNeverFasterThanTheQuickestFlowAndNotMuchSlower) {
  double worst = 1, sum = 0;
  int count = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    RandomStream random(seed, 11);
    constexpr std::uint32_t side = 6;
    TimedNetwork network;
    Transshipment problem;
    network.nodes = problem.network.nodes = side * side;
    const auto both_ways = [&](std::uint32_t a, std::uint32_t b) {
      const auto capacity = static_cast<Amount>(2 + random.below(9));
      const auto travel = static_cast<Step>(1 + random.below(4));
      for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
        network.add(from, to, travel, double(capacity));
        problem.network.add(from, to, capacity, travel);
      }
    };
    for (std::uint32_t y = 0; y < side; ++y) {
      for (std::uint32_t x = 0; x < side; ++x) {
        if (x + 1 < side) both_ways(y * side + x, y * side + x + 1);
        if (y + 1 < side) both_ways(y * side + x, (y + 1) * side + x);
      }
    }
    std::vector<RouteDemand> demands;
    for (int i = 0; i < 8; ++i) {
      const auto node = static_cast<std::uint32_t>(random.below(network.nodes));
      const auto people = static_cast<std::uint32_t>(20 + random.below(100));
      demands.push_back({.node = node, .people = people});
      problem.supplies.push_back({node, people, 0});
    }
    std::vector<RouteGoal> goals;
    for (int i = 0; i < 2; ++i) {
      const auto node = static_cast<std::uint32_t>(random.below(network.nodes));
      goals.push_back({node, 600});
      problem.rooms.push_back({node, 600});
    }
    const RoutePlan plan = plan_routes(network, demands, goals, {.step_s = 1});
    expect_possible(network, demands, goals, plan);
    const auto bound = quickest_transshipment(problem, 10000);
    double last = 0;
    for (const RoutedGroup& group : plan.groups) last = std::max(last, group.arrive_s);
    ASSERT_GE(last, bound.last) << seed;
    const double ratio = (last + 1) / (bound.last + 1);
    worst = std::max(worst, ratio);
    sum += ratio;
    ++count;
  }
  EXPECT_LT(sum / count, 1.15);
  EXPECT_LT(worst, 1.6);
  RecordProperty("worst_ratio", std::to_string(worst));
}

TEST(RoutePlanner, RefusesWhatMakesNoSense) {
  TimedNetwork network;
  network.nodes = 2;
  network.add(0, 1, 10, 1);
  const std::vector<RouteDemand> demands{{.node = 0, .people = 5}};
  const std::vector<RouteGoal> goals{{1, 10}};
  EXPECT_THROW(plan_routes(network, demands, goals, {.step_s = 0}), ScenarioError);
  EXPECT_THROW(plan_routes(network, demands, std::vector<RouteGoal>{{2, 1}}, {}), ScenarioError);
  const std::vector<RouteDemand> nowhere{{.node = 3, .people = 5}};
  EXPECT_THROW(plan_routes(network, nowhere, goals, {}), ScenarioError);
  const std::vector<RouteDemand> light{{.node = 0, .people = 5, .units_each = 0}};
  EXPECT_THROW(plan_routes(network, light, goals, {}), ScenarioError);
  const std::vector<RouteDemand> rash{{.node = 0, .people = 5, .spare_s = -1}};
  EXPECT_THROW(plan_routes(network, rash, goals, {}), ScenarioError);
  network.travel_s[0] = -1;
  EXPECT_THROW(plan_routes(network, demands, goals, {}), ScenarioError);
}

}  // namespace
}  // namespace kontwin::testing
