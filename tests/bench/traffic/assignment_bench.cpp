#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "scenarios/traffic/assignment/equilibrium.hpp"
#include "tests/scenarios/traffic/assignment/grid_network.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

/// A town of 20 x 20 junctions and 988 links: streets are one way by turns, those at the edge and
/// every fourth one lead both ways.
traffic::AssignmentNetwork town() {
  constexpr std::uint32_t side = 20;
  traffic::AssignmentNetwork network;
  network.nodes = std::size_t{side} * side;
  RandomStream random(1, 0);
  const auto link = [&](std::uint32_t from, std::uint32_t to) {
    network.from.push_back(from);
    network.to.push_back(to);
    const double free = random.uniform(1, 5);
    network.costs.add_bpr(free, 0.15, random.uniform(500, 2000), 4);
  };
  for (std::uint32_t street = 0; street < side; ++street) {
    const bool both = street % 4 == 0 || street + 1 == side;
    for (std::uint32_t at = 0; at + 1 < side; ++at) {
      const std::uint32_t along = street * side + at;
      const std::uint32_t across = at * side + street;
      if (both || street % 2 == 0) {
        link(along, along + 1);
        link(across, across + side);
      }
      if (both || street % 2 == 1) {
        link(along + 1, along);
        link(across + side, across);
      }
    }
  }
  return network;
}

/// User equilibrium of 400 zones on that town, 159,600 pairs, the busiest links well over capacity,
/// to a relative gap of 10^-range.
void UserEquilibrium(benchmark::State& state) {
  const traffic::AssignmentNetwork network = town();
  const auto pairs = all_pairs(network, 400, 0.45);
  ComputeArena arena(2);
  const double gap = std::pow(10, -static_cast<double>(state.range(0)));
  traffic::Equilibrium found;
  for (auto _ : state) {
    found = traffic::assign(network, pairs, arena, {.relative_gap = gap});
    if (!found.reached) state.SkipWithError("the gap was not reached");
  }
  state.counters["links"] = static_cast<double>(network.links());
  double busiest = 0;  // flow over capacity
  for (std::size_t link = 0; link < network.links(); ++link) {
    busiest = std::max(busiest, found.link_flow[link] / network.costs.capacity[link]);
  }
  state.counters["busiest"] = busiest;
  state.counters["rounds"] = found.rounds;
  state.counters["gap"] = found.relative_gap;
}
BENCHMARK(UserEquilibrium)
    ->Arg(6)
    ->Arg(12)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->UseRealTime();

/// The same for one percent more demand, from the last answer.
void UserEquilibriumAgain(benchmark::State& state) {
  const traffic::AssignmentNetwork network = town();
  const auto pairs = all_pairs(network, 400, 0.45);
  ComputeArena arena(2);
  std::vector<double> more;
  more.reserve(pairs.size());
  for (const traffic::OdFlow& pair : pairs) more.push_back(1.01 * pair.flow);
  for (auto _ : state) {
    state.PauseTiming();
    traffic::Assignment assignment(network, pairs, arena);
    assignment.solve(1e-6);
    state.ResumeTiming();
    assignment.set_flows(more);
    benchmark::DoNotOptimize(assignment.solve(1e-6));
  }
}
BENCHMARK(UserEquilibriumAgain)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

}  // namespace
}  // namespace kontwin::testing
