#include <benchmark/benchmark.h>

#include <cmath>
#include <ctime>

#include "tests/scenarios/evacuation/crowd/crowd_run_case.hpp"

namespace kontwin::testing {
namespace {

using namespace crowd::test;

double cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// A hall cut into rooms of 20 m by walls with gaps of 4 m, an exit of 3 m in each outer room: with
/// ways to all exits, queues, surfaces and counting, all that a run does.
void crowd_leaves_rooms(benchmark::State& state) {
  const auto people = static_cast<std::size_t>(state.range(0));
  const double side = std::ceil(std::sqrt(static_cast<double>(people)) / 20) * 20;
  crowd::Building building;
  crowd::Polygon shape = rectangle(0, 0, side, side);
  for (double x = 20; x < side; x += 20) {
    for (double y = 0; y < side; y += 20) {
      shape.holes.push_back(
          {{x - 0.1, y + 2}, {x + 0.1, y + 2}, {x + 0.1, y + 18}, {x - 0.1, y + 18}});
    }
  }
  building.surfaces = {floor("hall", shape)};
  for (double y = 10; y < side; y += 20) {
    building.exits.push_back(exit("w" + std::to_string(y), 0, {0, y - 1.5}, {0, y + 1.5}));
    building.exits.push_back(exit("e" + std::to_string(y), 0, {side, y - 1.5}, {side, y + 1.5}));
  }
  std::vector<crowd::Person> all;
  for (double y = 0; y < side; y += 20) {
    for (double x = 0; x < side; x += 20) {
      const auto count = static_cast<std::size_t>(static_cast<double>(people) * 400 / side / side);
      const auto some = people_in(0, rectangle(x + 0.5, y + 0.5, x + 19.5, y + 19.5), count,
                                  crowd::weidmann(), static_cast<std::uint64_t>(x + 1000 * y));
      all.insert(all.end(), some.begin(), some.end());
    }
  }
  CrowdRun run(building, all, {}, static_cast<std::size_t>(state.range(1)), 0.4);
  run.crowd.advance(2);
  const double before_s = cpu_s();
  const auto before = static_cast<double>(run.crowd.person_steps());
  for (auto _ : state) run.crowd.advance(run.crowd.now_s() + 0.5);
  const double steps = static_cast<double>(run.crowd.person_steps()) - before;
  state.counters["agent_steps_per_cpu_second"] = steps / (cpu_s() - before_s);
  state.counters["agent_steps"] = benchmark::Counter(steps, benchmark::Counter::kIsRate);
}
BENCHMARK(crowd_leaves_rooms)
    ->Args({10'000, 1})
    ->Args({10'000, 2})
    ->Args({100'000, 1})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(20)
    ->UseRealTime();

}  // namespace
}  // namespace kontwin::testing
