#include <benchmark/benchmark.h>
#include <spdlog/spdlog.h>

#include <ctime>
#include <thread>

#include "actors/mirror.hpp"
#include "tests/bench/actors/resident_memory.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::bench {
namespace {

constexpr Instant start{std::chrono::sys_days{std::chrono::year{2025} / 11 / 18}};

/// Starting a mirror of 100,000 entities, and what it keeps in memory with everything the mirror
/// has (rows, newest moments, alarm clocks) beside the actors.
void spawn_100k_actors(benchmark::State& state) {
  const auto world = testing::town(130);  // 100,888 entities
  const ManualClock clock(start);
  double bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const double before = resident_bytes();
    state.ResumeTiming();
    auto mirror = std::make_unique<Mirror>(world, clock);
    state.PauseTiming();
    bytes = resident_bytes() - before;
    mirror.reset();
    state.ResumeTiming();
  }
  const auto actors = static_cast<double>(world->size());
  state.counters["actors"] =
      benchmark::Counter(actors, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["bytes_per_actor"] = bytes / actors;
}
BENCHMARK(spawn_100k_actors)->Unit(benchmark::kMillisecond)->UseRealTime();

/// The same when every entity has been heard of once: actors and rules at work.
void memory_of_100k_awake_actors(benchmark::State& state) {
  const auto world = testing::town(130);
  const ManualClock clock(start);
  std::vector<Observation> all;
  for (const Kind kind : all_kinds()) {
    for (const std::string& urn : world->entities(kind).urn) {
      all.push_back({urn, "water_depth_m", 0.01, start, "bench", Quality::good});
    }
  }
  double bytes = 0;
  for (auto _ : state) {
    const double before = resident_bytes();
    Mirror mirror(world, clock);
    mirror.ingest(all);
    mirror.settle();
    bytes = resident_bytes() - before;
    state.counters["accepted"] = static_cast<double>(mirror.counts().accepted);
  }
  state.counters["bytes_per_actor"] = bytes / static_cast<double>(world->size());
}
BENCHMARK(memory_of_100k_awake_actors)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Observations from the door to the row, in batches of 1,000 over a world of 15,000 entities.
void observations_through_the_mirror(benchmark::State& state) {
  spdlog::set_level(spdlog::level::off);
  const auto world = testing::town(50);  // 14,808 entities
  ManualClock clock(start);
  Mirror mirror(world, clock);
  std::vector<std::vector<Observation>> batches(100);
  std::size_t next = 0;
  const auto& roads = world->entities(Kind::road).urn;
  const auto& homes = world->entities(Kind::residence).urn;
  for (auto& batch : batches) {
    for (int i = 0; i < 500; ++i) {
      const double value = static_cast<double>(next % 97);
      batch.push_back(
          {roads[next * 31 % roads.size()], "flow_vph", value, start, "bench", Quality::good});
      batch.push_back(
          {homes[next * 17 % homes.size()], "people_home", value, start, "bench", Quality::good});
      ++next;
    }
  }
  for (auto _ : state) {
    for (const auto& batch : batches) mirror.ingest(batch);
    mirror.settle();
  }
  const MirrorCounts counts = mirror.counts();
  for (const std::uint64_t refused : counts.refused) {
    if (refused != 0) state.SkipWithError("observations were refused");
  }
  state.counters["observations"] =
      benchmark::Counter(static_cast<double>(counts.accepted), benchmark::Counter::kIsRate);
}
BENCHMARK(observations_through_the_mirror)->Unit(benchmark::kMillisecond)->UseRealTime();

/// A tick over 100,000 entities of which none is overdue: what quiet ones cost.
void tick_of_100k_quiet_entities(benchmark::State& state) {
  const auto world = testing::town(130);
  const ManualClock clock(start);
  Mirror mirror(world, clock);
  for (auto _ : state) {
    mirror.tick();
    mirror.settle();
  }
}
BENCHMARK(tick_of_100k_quiet_entities)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// What a mirror of 100,000 entities costs while nothing comes in: its share of one core.
void idle_mirror_of_100k_entities(benchmark::State& state) {
  const auto world = testing::town(130);
  const ManualClock clock(start);
  const Mirror mirror(world, clock);
  std::clock_t used = 0;
  for (auto _ : state) {
    const std::clock_t before = std::clock();
    std::this_thread::sleep_for(std::chrono::seconds{1});
    used += std::clock() - before;
  }
  state.counters["core_share"] =
      static_cast<double>(used) / CLOCKS_PER_SEC / static_cast<double>(state.iterations());
}
BENCHMARK(idle_mirror_of_100k_entities)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1);

}  // namespace
}  // namespace kontwin::bench
