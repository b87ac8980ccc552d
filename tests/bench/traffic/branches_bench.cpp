// What-ifs from one moment of a run: how fast they fork, and how fast they run side by side.
#include <benchmark/benchmark.h>

#include <cmath>
#include <map>
#include <utility>

#include "tests/scenarios/traffic/trips.hpp"

namespace kontwin::traffic::testing {
namespace {

/// 18,224 links; 24,000 trips an hour over about ninety of them, for an hour and a quarter.
const Trips& province() {
  static const Trips trips = [] {
    constexpr int size = 68;
    Trips made(grid(size).seal());
    const Network& network = *made.network;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> between;
    for (std::uint32_t link = 0; link < network.links(); ++link) {
      between[{network.from[link], network.to[link]}] = link;
    }
    RandomStream random(7, 1);
    const auto pick = [&random] { return static_cast<int>(random.below(size)); };
    while (made.table.trips.size() < 30000) {
      int x = pick(), y = pick();
      const int to_x = pick(), to_y = pick();
      if (std::abs(to_x - x) + std::abs(to_y - y) < 80) continue;
      TripRow trip;
      trip.route_begin = static_cast<std::uint32_t>(made.table.route_links.size());
      const bool x_first = random.uniform() < 0.5;
      while (x != to_x || y != to_y) {
        const auto here = static_cast<std::uint32_t>(y * size + x);
        const bool along_x = x_first ? x != to_x : y == to_y;
        (along_x ? x : y) += along_x ? (to_x > x ? 1 : -1) : (to_y > y ? 1 : -1);
        made.table.route_links.push_back(
            between.at({here, static_cast<std::uint32_t>(y * size + x)}));
      }
      trip.depart = to_micros(random.uniform(0, 4500));
      trip.number = made.table.trips.size() + 1;
      trip.type = static_cast<std::uint32_t>(random.uniform() < 0.8 ? VehicleKind::motorbike
                                                                    : VehicleKind::car);
      trip.route_length =
          static_cast<std::uint32_t>(made.table.route_links.size()) - trip.route_begin;
      trip.from_link = made.table.route_links[trip.route_begin];
      trip.to_link = made.table.route_links.back();
      made.table.trips.push_back(trip);
    }
    made.sorted();
    return made;
  }();
  return trips;
}

/// The network with its trips a quarter of an hour on.
const TripRun& parent() {
  static ComputeArena arena(0);
  static TripRun run(province().network, province().table, arena);
  while (run.now() < to_micros(900)) run.step();
  return run;
}

void ForkOfTraffic(benchmark::State& state) {
  const TripRun& from = parent();
  for (auto _ : state) {
    TripRun branch(from);
    benchmark::DoNotOptimize(branch.now());
  }
  state.counters["vehicles"] = static_cast<double>(from.simulation().inside());
}
BENCHMARK(ForkOfTraffic)->Unit(benchmark::kMillisecond);

/// Twenty branches, each with another street closed, for an hour each, on all cores.
void TwentyBranchesOfAnHour(benchmark::State& state) {
  const TripRun& from = parent();
  ComputeArena arena(0);
  for (auto _ : state) {
    arena.for_each_part(20, [&](std::size_t number) {
      TripRun branch(from);
      const auto closed = static_cast<std::uint32_t>(1000 + 800 * number);
      branch.links().may_enter[closed] = 0;
      branch.simulation().take_over({&closed, 1}, {&closed, 1}, {}, all_vehicles);
      while (branch.now() < to_micros(4500)) branch.step();
    });
  }
}
BENCHMARK(TwentyBranchesOfAnHour)->Unit(benchmark::kSecond)->Iterations(1)->UseRealTime();

}  // namespace
}  // namespace kontwin::traffic::testing
