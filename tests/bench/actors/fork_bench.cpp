#include <benchmark/benchmark.h>

#include <thread>

#include "actors/branch_runner.hpp"
#include "tests/support/small_world.hpp"
#include "twin/live_state.hpp"

namespace kontwin::bench {
namespace {

constexpr Instant start{std::chrono::sys_days{std::chrono::year{2025} / 11 / 18}};

/// A consistent copy of 100,000 rows while a writer keeps writing.
void snapshot_of_100k_rows(benchmark::State& state) {
  const auto world = testing::town(130);
  LiveState live{StateTable(*world)};
  std::jthread writer([&](const std::stop_token& stop) {
    const auto roads = static_cast<std::uint32_t>(world->entities(Kind::road).size());
    double value = 0;
    for (std::uint32_t row = 0; !stop.stop_requested(); row = (row + 1) % roads) {
      const LiveState::Cell cells[] = {{road_column::flow_vph, ++value},
                                       {common_column::observed_at, value}};
      live.write({Kind::road, row}, cells);
    }
  });
  StateTable copy = live.snapshot();
  const std::uint64_t before = live.writes();
  for (auto _ : state) {
    live.snapshot_into(copy);
    benchmark::DoNotOptimize(copy.all().data());
  }
  state.counters["rows"] = static_cast<double>(world->size());
  state.counters["cells_written"] =
      benchmark::Counter(static_cast<double>(live.writes() - before), benchmark::Counter::kIsRate);
}
BENCHMARK(snapshot_of_100k_rows)->Unit(benchmark::kMillisecond)->UseRealTime();

/// From the live state to a branch that may run: snapshot and branch, over the same world.
void fork_of_100k_rows(benchmark::State& state) {
  const auto world = testing::town(130);
  const LiveState live{StateTable(*world)};
  for (auto _ : state) {
    Branch branch;
    branch.world = world;
    branch.state = live.snapshot();
    branch.start = start;
    benchmark::DoNotOptimize(branch.state.all().data());
  }
  state.counters["rows"] = static_cast<double>(world->size());
}
BENCHMARK(fork_of_100k_rows)->Unit(benchmark::kMillisecond)->UseRealTime();

/// A branch at rest of so many windows of a minute.
Branch branch_of_minutes(const std::shared_ptr<const World>& world, int minutes) {
  Branch branch;
  branch.world = world;
  branch.state = StateTable(*world);
  branch.start = start;
  branch.window = std::chrono::minutes{1};
  branch.length = std::chrono::minutes{minutes};
  return branch;
}

/// Exchange windows of a branch of 100,000 rows in which nothing happens: the cost of looking.
void quiet_windows_of_100k_rows(benchmark::State& state) {
  const auto world = testing::town(130);
  BranchRunner runner;
  constexpr int windows = 100;
  for (auto _ : state) {
    Branch branch = branch_of_minutes(world, windows);
    branch.frame_every = windows * branch.window;
    const RunResult result = runner.run(std::move(branch), {}, {});
    if (result.events != 0) state.SkipWithError("something happened");
  }
  state.counters["windows"] =
      benchmark::Counter(windows, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(quiet_windows_of_100k_rows)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Every road of a city floods at once: 10,000 entities decide, and the roads close.
void deciding_10k_entities(benchmark::State& state) {
  class Wave : public Engine {
   public:
    std::string_view name() const override { return "flood"; }
    void apply(const Edit&, StateTable&, Instant) override {}
    void advance(StateTable& table, Instant, Instant) override {
      depth_m_ = 0.6 - depth_m_;
      for (double& depth : table.column(Kind::road, common_column::water_depth_m)) depth = depth_m_;
    }
    std::vector<Balance> balances() const override { return {}; }
    void show(Frame&) const override {}
    void add_kpis(KpiList&) const override {}

   private:
    double depth_m_ = 0;
  };
  const auto world = testing::town(50);  // 9,800 links
  BranchRunner runner;
  std::size_t commands = 0;
  for (auto _ : state) {
    Branch branch = branch_of_minutes(world, 10);
    std::vector<std::unique_ptr<Engine>> engines;
    engines.push_back(std::make_unique<Wave>());
    commands += runner.run(std::move(branch), engines, {}).commands;
  }
  state.counters["decisions"] =
      benchmark::Counter(static_cast<double>(commands), benchmark::Counter::kIsRate);
}
BENCHMARK(deciding_10k_entities)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace kontwin::bench
