#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <sstream>

#include "scenarios/evacuation/plan/max_flow.hpp"
#include "scenarios/evacuation/plan/min_cost_flow.hpp"
#include "tests/scenarios/evacuation/plan/boost_flows.hpp"
#include "tests/scenarios/evacuation/plan/dimacs.hpp"
#include "tests/scenarios/evacuation/plan/made_networks.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {
namespace {

using namespace evacuation;
using ::testing::HasSubstr;

// A network of our own whose answers are seen at a glance: two ways, 4 and 3 wide at the end, and a
// link of 2 between them. All of 7 gets through, of the 9 that could start.
constexpr const char* two_ways = R"(c two ways from 1 to 4
p max 4 5
n 1 s
n 4 t
a 1 2 6
a 1 3 3
a 2 3 2
a 2 4 4
a 3 4 3
)";

/// That nothing is lost on the way, no arc carries more than it can, and the cut is as wide as the
/// flow.
void expect_flow(const FlowNetwork& network, std::uint32_t source, std::uint32_t sink,
                 const MaxFlow& found) {
  std::vector<Amount> left(network.nodes, 0);
  Amount cut = 0;
  for (std::size_t arc = 0; arc < network.arcs(); ++arc) {
    ASSERT_GE(found.flow[arc], 0);
    ASSERT_LE(found.flow[arc], network.capacity[arc]);
    left[network.from[arc]] -= found.flow[arc];
    left[network.to[arc]] += found.flow[arc];
    const bool crosses =
        found.source_side[network.from[arc]] == 1 && found.source_side[network.to[arc]] == 0;
    if (crosses) cut += network.capacity[arc];
  }
  left[source] += found.value;
  left[sink] -= found.value;
  EXPECT_EQ(std::ranges::count(left, 0), network.nodes);
  EXPECT_EQ(cut, found.value);
}

TEST(MaximumFlow, OfTwoWaysIsWhatTheirEndsTake) {
  std::istringstream stream(two_ways);
  const DimacsNetwork read = read_dimacs(stream, "two_ways");
  const MaxFlow found = maximum_flow(read.network, read.source, read.sink);
  EXPECT_EQ(found.value, 7);
  expect_flow(read.network, read.source, read.sink, found);
}

TEST(MaximumFlow, IsThatOfBoostOnRandomNetworks) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const auto nodes = static_cast<std::uint32_t>(2 + seed % 40);
    const FlowNetwork network = random_network(nodes, nodes * (1 + seed % 7), seed);
    const MaxFlow found = maximum_flow(network, 0, nodes - 1);
    ASSERT_EQ(found.value, BoostNetwork(network).maximum_flow(0, nodes - 1)) << seed;
    expect_flow(network, 0, nodes - 1, found);
    ASSERT_EQ(maximum_flow(network, 0, nodes - 1, FlowAnswer::cut).value, found.value);
  }
}

TEST(MaximumFlow, CountsBeyondThirtyTwoBits) {
  FlowNetwork network = random_network(12, 60, 5);
  for (Amount& capacity : network.capacity) capacity *= 3'000'000'000;
  const MaxFlow found = maximum_flow(network, 0, 11);
  EXPECT_GT(found.value, 500'000'000'000);
  EXPECT_EQ(found.value, BoostNetwork(network).maximum_flow(0, 11));
  expect_flow(network, 0, 11, found);
}

TEST(MaximumFlow, RefusesWhatIsNoNetwork) {
  FlowNetwork network;
  network.nodes = 2;
  network.add(0, 1, 5);
  EXPECT_THROW(maximum_flow(network, 0, 0), ScenarioError);
  EXPECT_THROW(maximum_flow(network, 0, 2), ScenarioError);
  network.capacity[0] = -1;
  EXPECT_THROW(maximum_flow(network, 0, 1), ScenarioError);
  network.capacity[0] = 5;
  network.to[0] = 7;
  EXPECT_THROW(maximum_flow(network, 0, 1), ScenarioError);
}

TEST(MinimumCostFlow, IsThatOfBoostOnRandomNetworks) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto nodes = static_cast<std::uint32_t>(2 + seed % 30);
    const FlowNetwork network = random_network(nodes, nodes * (1 + seed % 7), seed);
    const auto [flow, cost] = BoostNetwork(network).cheapest_maximum_flow(0, nodes - 1);
    std::vector<Amount> supply(nodes, 0);
    supply[0] = flow;
    supply[nodes - 1] -= flow;
    const MinCostFlow found = minimum_cost_flow(network, supply);
    ASSERT_TRUE(found.feasible) << seed;
    ASSERT_EQ(found.cost, cost) << seed;
    // No more gets through than the maximum.
    ++supply[0];
    --supply[nodes - 1];
    ASSERT_FALSE(minimum_cost_flow(network, supply).feasible) << seed;
  }
}

TEST(MinimumCostFlow, ProvesItselfByItsPrices) {
  const FlowNetwork network = random_network(60, 500, 9);
  std::vector<Amount> supply(60, 0);
  RandomStream random(1, 2);
  for (int i = 0; i < 40; ++i) {
    const auto amount = static_cast<Amount>(random.below(20));
    supply[random.below(60)] += amount;
    supply[random.below(60)] -= amount;
  }
  const MinCostFlow found = minimum_cost_flow(network, supply);
  ASSERT_TRUE(found.feasible);
  std::vector<Amount> left = supply;
  for (std::size_t arc = 0; arc < network.arcs(); ++arc) {
    left[network.from[arc]] -= found.flow[arc];
    left[network.to[arc]] += found.flow[arc];
    const std::int64_t reduced =
        network.cost[arc] + found.potential[network.from[arc]] - found.potential[network.to[arc]];
    EXPECT_TRUE(reduced >= 0 || found.flow[arc] == network.capacity[arc]);
    EXPECT_TRUE(reduced <= 0 || found.flow[arc] == 0);
  }
  EXPECT_EQ(std::ranges::count(left, 0), 60);
}

TEST(MinimumCostFlow, TakesCostsBelowNothing) {
  FlowNetwork network;
  network.nodes = 3;
  network.add(0, 1, 4, -5);
  network.add(1, 0, 3, 2);
  network.add(1, 2, 4, 1);
  const MinCostFlow found = minimum_cost_flow(network, std::vector<Amount>{1, 0, -1});
  ASSERT_TRUE(found.feasible);
  EXPECT_EQ(found.cost, -5 + 1 - 3 * 3);  // one on its way, three in a circle that pays
}

TEST(MinimumCostFlow, RefusesSuppliesThatDoNotAddUp) {
  FlowNetwork network;
  network.nodes = 2;
  network.add(0, 1, 5);
  EXPECT_THROW(minimum_cost_flow(network, std::vector<Amount>{1, 0}), ScenarioError);
  EXPECT_THROW(minimum_cost_flow(network, std::vector<Amount>{0}), ScenarioError);
  network.capacity[0] = -5;
  EXPECT_THROW(minimum_cost_flow(network, std::vector<Amount>{0, 0}), ScenarioError);
}

TEST(Dimacs, SaysWhereAFileIsWrong) {
  const auto said = [](const std::string& text) {
    return message_of<FileError>([&] {
      std::istringstream stream(text);
      read_dimacs(stream, "net");
    });
  };
  EXPECT_EQ(said("c x\n\np min 2 1\nn 1 3\nn 2 -3\na 1 2 0 5 7\n"), "");
  EXPECT_THAT(said("a 1 2 5\n"), HasSubstr("net:1"));
  EXPECT_THAT(said("p max 2 1\na 1 3 5\n"), HasSubstr("net:2: no such node"));
  EXPECT_THAT(said("p min 2 1\na 1 2 1 5 7\n"), HasSubstr("net:2"));
  EXPECT_THAT(said("p max 2 1\na 1 2 -5\n"), HasSubstr("below 0"));
  EXPECT_THAT(said("p max 2 2\na 1 2 5\n"), HasSubstr("as many arcs"));
  EXPECT_THAT(said("p cut 2 2\n"), HasSubstr("p max|min"));
  EXPECT_THAT(said("p max 2 1\nz 1\n"), HasSubstr("none of"));
  EXPECT_THAT(said("c nothing\n"), HasSubstr("no line with p"));
}

}  // namespace
}  // namespace kontwin::testing
