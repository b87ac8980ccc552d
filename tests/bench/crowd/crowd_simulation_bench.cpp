#include <benchmark/benchmark.h>

#include <ctime>

#include "tests/bench/crowd/crowd_cases.hpp"

namespace kontwin::testing {
namespace {

double cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void crowd_leaves_rooms(benchmark::State& state) {
  const auto run = full_rooms(static_cast<std::size_t>(state.range(0)),
                              static_cast<std::size_t>(state.range(1)));
  crowd::CrowdSimulation& crowd = run->crowd;
  crowd.advance(2);
  const double before_s = cpu_s();
  const auto before = static_cast<double>(crowd.person_steps());
  for (auto _ : state) crowd.advance(crowd.now_s() + 0.5);
  const double steps = static_cast<double>(crowd.person_steps()) - before;
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
