#include <benchmark/benchmark.h>

#include <cmath>
#include <string>

#include "scenarios/evacuation/evacuation_engine.hpp"
#include "scenarios/traffic/traffic_engine.hpp"
#include "tests/support/small_world.hpp"
#include "twin/road_graph.hpp"

namespace kontwin::testing {
namespace {

/// A town of 68 x 68 junctions: 18,224 links.
const std::shared_ptr<const World>& large_town() {
  static const std::shared_ptr<const World> world = town(68);
  return world;
}

Branch branch_of(const std::shared_ptr<const World>& world) {
  Branch branch;
  branch.world = world;
  branch.state = StateTable(*world);
  branch.start = *parse_instant("2025-11-18T06:00:00+07:00");
  return branch;
}

/// An hour of the morning peak on 18,224 links with about 20,000 vehicles under way at once.
void TrafficVehicleSeconds(benchmark::State& state) {
  const Branch branch = branch_of(large_town());
  ComputeArena arena(static_cast<std::size_t>(state.range(0)));
  TrafficOptions options;
  options.background_trips_per_person_day = 1.8;
  options.mean_trip_km = 6;
  double vehicle_seconds = 0;
  double most = 0;
  for (auto _ : state) {
    state.PauseTiming();
    StateTable table = branch.state;
    TrafficEngine engine(branch, arena, options);
    Instant now = branch.start;
    const auto advance = [&] {
      engine.advance(table, now, now + branch.window);
      now += branch.window;
    };
    for (int minute = 0; minute < 30; ++minute) advance();  // until the roads have filled
    state.ResumeTiming();
    for (int minute = 0; minute < 60; ++minute) {
      advance();
      const double inside = engine.balances()[0].inside;
      vehicle_seconds += 60 * inside;
      most = std::max(most, inside);
    }
  }
  state.counters["vehicle_seconds_per_second"] =
      benchmark::Counter(vehicle_seconds, benchmark::Counter::kIsRate);
  state.counters["most_vehicles"] = most;
}
BENCHMARK(TrafficVehicleSeconds)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->UseRealTime();

/// Fifteen hours with an ordinary day's trips: the load of a demonstration.
void TrafficFifteenHours(benchmark::State& state) {
  const Branch branch = branch_of(large_town());
  ComputeArena arena(1);
  double trips = 0;
  for (auto _ : state) {
    StateTable table = branch.state;
    TrafficEngine engine(branch, arena, TrafficOptions{});
    Instant now = branch.start;
    for (int minute = 0; minute < 15 * 60; ++minute) {
      // Water rises over one street after the other and falls again.
      const auto row = static_cast<std::size_t>(minute * 20 % 18000);
      table.column(Kind::road, common_column::water_depth_m)[row] = minute < 600 ? 0.4 : 0;
      engine.advance(table, now, now + branch.window);
      now += branch.window;
    }
    trips = engine.balances()[0].entered;
  }
  state.counters["trips"] = trips;
}
BENCHMARK(TrafficFifteenHours)->Unit(benchmark::kSecond)->Iterations(1)->UseRealTime();

/// Fifty thousand people of 500 blocks of homes leave for 40 shelters, over four hours.
void EvacuationOverRoads(benchmark::State& state) {
  WorldParts parts = town_parts(68);
  for (std::uint32_t i = 0; i < 40; ++i) {
    const std::uint32_t junction = (i * 1151 + 17) % (68 * 68);
    EntityRecord shelter;
    shelter.urn = make_urn(Kind::shelter, "bench-" + std::to_string(i));
    shelter.place = parts.entities[index_of(Kind::junction)].place[junction];
    shelter.attributes = {1500, static_cast<double>(junction)};
    parts.add(Kind::shelter, std::move(shelter));
  }
  const Branch branch = branch_of(World::seal(std::move(parts)));
  ComputeArena arena(1);
  OrderEvacuation order;
  for (std::uint32_t row = 0; row < 500; ++row) order.residences.push_back(row * 9);
  double safe = 0;
  for (auto _ : state) {
    StateTable table = branch.state;
    TrafficEngine traffic(branch, arena, {.background_trips_per_person_day = 0});
    EvacuationEngine evacuation(branch, traffic, {});
    Instant now = branch.start;
    evacuation.apply(order, table, now);
    for (int minute = 0; minute < 240; ++minute) {
      evacuation.advance(table, now, now + branch.window);
      traffic.advance(table, now, now + branch.window);
      now += branch.window;
    }
    safe = 0;
    for (const double people : table.column(Kind::residence, residence_column::people_safe)) {
      safe += people;
    }
  }
  state.counters["people_safe"] = safe;
}
BENCHMARK(EvacuationOverRoads)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

/// The ways from every junction to one destination over 18,224 links.
void RouteTreeOverLinks(benchmark::State& state) {
  const World& world = *large_town();
  const RoadGraph graph(world.entities(Kind::junction).size(), world.roads());
  std::vector<double> cost;
  for (std::size_t link = 0; link < graph.links(); ++link) {
    cost.push_back(20 + std::fmod(static_cast<double>(link) * 0.61803398875, 10.0));
  }
  std::uint32_t target = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(graph.routes_to(std::span(&target, 1), cost));
    target = (target + 997) % static_cast<std::uint32_t>(graph.junctions());
  }
  state.counters["links"] = static_cast<double>(graph.links());
  state.counters["trees_per_second"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(RouteTreeOverLinks)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace kontwin::testing
