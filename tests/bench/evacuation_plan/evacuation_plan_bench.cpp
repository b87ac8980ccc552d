#include <benchmark/benchmark.h>

#include <map>

#include "scenarios/evacuation/plan/make_plan.hpp"
#include "scenarios/evacuation/plan/max_flow.hpp"
#include "scenarios/evacuation/plan/min_cost_flow.hpp"
#include "scenarios/evacuation/plan/time_expansion.hpp"
#include "tests/scenarios/evacuation/plan/boost_flows.hpp"
#include "tests/scenarios/evacuation/plan/dimacs.hpp"
#include "tests/scenarios/evacuation/plan/made_networks.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin {
namespace {

using namespace evacuation;

/// A network that NetworkX tests itself with, read once; the benchmark is skipped without it.
const testing::DimacsNetwork* network_of(const char* name, benchmark::State& state) {
  static std::map<std::string, std::optional<testing::DimacsNetwork>> read;
  const auto [at, is_new] = read.try_emplace(name);
  if (is_new) at->second = testing::networkx_network(name);
  if (!at->second) state.SkipWithError("python3-networkx is not installed");
  return at->second ? &*at->second : nullptr;
}

void maximum_flow_of(benchmark::State& state, const char* name, Amount published) {
  const auto* const read = network_of(name, state);
  if (read == nullptr) return;
  Amount value = 0;
  for (auto _ : state) value = maximum_flow(read->network, read->source, read->sink).value;
  if (value != published) state.SkipWithError("is not the published flow");
}
BENCHMARK_CAPTURE(maximum_flow_of, gl1, "gl1", 156545)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(maximum_flow_of, gw1, "gw1", 1202018)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(maximum_flow_of, wlm3, "wlm3", 11875108)->Unit(benchmark::kMillisecond);

void minimum_cost_of(benchmark::State& state, const char* name, std::int64_t published) {
  const auto* const read = network_of(name, state);
  if (read == nullptr) return;
  MinCostFlow found;
  for (auto _ : state) found = minimum_cost_flow(read->network, read->supply);
  if (!found.feasible || found.cost != published) state.SkipWithError("is not the published cost");
}
BENCHMARK_CAPTURE(minimum_cost_of, netgen_2, "netgen-2", 6749969302)->Unit(benchmark::kMillisecond);

void maximum_flow_on_grid(benchmark::State& state) {
  const auto side = static_cast<std::uint32_t>(state.range(0));
  const FlowNetwork network = testing::grid_network(side, side, 1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(maximum_flow(network, side * side, side * side + 1).value);
  }
}
BENCHMARK(maximum_flow_on_grid)->Arg(100)->Arg(200)->Unit(benchmark::kMillisecond);

/// The same by Boost.Graph, with the time that its own network takes to make left out.
void maximum_flow_on_grid_boost(benchmark::State& state) {
  const auto side = static_cast<std::uint32_t>(state.range(0));
  testing::BoostNetwork network(testing::grid_network(side, side, 1));
  for (auto _ : state) {
    benchmark::DoNotOptimize(network.maximum_flow(side * side, side * side + 1));
  }
}
BENCHMARK(maximum_flow_on_grid_boost)->Arg(100)->Arg(200)->Unit(benchmark::kMillisecond);

void minimum_cost_on_grid(benchmark::State& state) {
  const auto side = static_cast<std::uint32_t>(state.range(0));
  const FlowNetwork network = testing::grid_network(side, side, 1);
  std::vector<Amount> supply(network.nodes, 0);
  supply[side * side] =
      maximum_flow(network, side * side, side * side + 1, FlowAnswer::cut).value * 9 / 10;
  supply[side * side + 1] = -supply[side * side];
  for (auto _ : state) benchmark::DoNotOptimize(minimum_cost_flow(network, supply).cost);
}
BENCHMARK(minimum_cost_on_grid)->Arg(60)->Unit(benchmark::kMillisecond);

/// A district of 500 junctions, blocks of homes at 120 of them, five shelters; steps of a minute.
Transshipment district() {
  constexpr std::uint32_t width = 25, height = 20;
  Transshipment problem;
  problem.network.nodes = width * height;
  RandomStream random(3, 1);
  const auto both_ways = [&](std::uint32_t a, std::uint32_t b) {
    const auto capacity = static_cast<Amount>(10 + random.below(40));
    const auto travel = static_cast<Step>(1 + random.below(3));
    problem.network.add(a, b, capacity, travel);
    problem.network.add(b, a, capacity, travel);
  };
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      if (x + 1 < width) both_ways(y * width + x, y * width + x + 1);
      if (y + 1 < height) both_ways(y * width + x, (y + 1) * width + x);
    }
  }
  const auto anywhere = [&] { return static_cast<std::uint32_t>(random.below(width * height)); };
  for (int i = 0; i < 120; ++i) {
    problem.supplies.push_back({anywhere(), static_cast<Amount>(200 + random.below(400)), 0});
  }
  for (int i = 0; i < 5; ++i) problem.rooms.push_back({anywhere(), 20'000});
  return problem;
}

/// What is through by a step: the expansion and its maximum flow. `nodes` counts those of it.
void time_expanded_flow(benchmark::State& state) {
  const Transshipment problem = district();
  const auto last = static_cast<Step>(state.range(0));
  Amount through = 0;
  std::size_t nodes = 0;
  for (auto _ : state) {
    const TimeExpansion expansion(problem, last);
    nodes = expansion.flows().nodes;
    through = maximum_flow(expansion.flows(), expansion.source(), expansion.sink()).value;
  }
  state.counters["nodes"] = double(nodes);
  state.counters["through"] = double(through);
}
BENCHMARK(time_expanded_flow)->Arg(123)->Unit(benchmark::kMillisecond);

void quickest_flow_of_a_district(benchmark::State& state) {
  const Transshipment problem = district();
  Step last = 0;
  for (auto _ : state) last = quickest_transshipment(problem, 10'000).last;
  state.counters["steps"] = last;
}
BENCHMARK(quickest_flow_of_a_district)->Unit(benchmark::kMillisecond);

/// A whole plan of a town with as many junctions a side, 100 people at each.
void plan_of_a_town(benchmark::State& state) {
  const auto side = static_cast<std::size_t>(state.range(0));
  WorldParts parts = testing::town_parts(side);
  auto& places = parts.entities[index_of(Kind::shelter)].attributes[shelter_attribute::places];
  for (double& room : places) room = 50.0 * double(side * side) + 100;
  const auto world = World::seal(std::move(parts));
  const StateTable at_rest(*world);
  std::vector<OrderedHome> homes(world->entities(Kind::residence).size());
  for (std::uint32_t row = 0; row < homes.size(); ++row) homes[row].place = {Kind::residence, row};
  PlannedEvacuation made;
  for (auto _ : state) made = make_plan(*world, at_rest, homes, {}, {});
  state.counters["people"] = made.people;
  state.counters["ratio"] = made.road_clearance_s / made.plan.lower_bound_s;
}
BENCHMARK(plan_of_a_town)->Arg(15)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kontwin
