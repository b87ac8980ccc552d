#include <benchmark/benchmark.h>

#include <cmath>
#include <ctime>

#include "tests/bench/crowd/crowd_cases.hpp"

namespace kontwin::testing {
namespace {

/// CPU time of all threads of the process, s.
double cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Steps of one person a CPU second of all threads, and a second of wall time.
void measure(benchmark::State& state, std::size_t count, float per_square_m, bool jam,
             Model model) {
  const auto people =
      rooms(count, per_square_m, jam, model, static_cast<std::size_t>(state.range(0)));
  people->walk(2);
  const double seconds = count > 50'000 ? 0.5 : 2;
  double steps = 0;
  const double before_s = cpu_s();
  for (auto _ : state) {
    people->walk(seconds);
    steps += std::round(seconds / static_cast<double>(people->motion.options().step_s)) *
             static_cast<double>(count);
  }
  state.counters["agent_steps_per_cpu_second"] = steps / (cpu_s() - before_s);
  state.counters["agent_steps"] = benchmark::Counter(steps, benchmark::Counter::kIsRate);
}

void crowd_walk_10k(benchmark::State& state) {
  measure(state, 10'000, 1, false, Model::anticipation);
}
void crowd_walk_100k(benchmark::State& state) {
  measure(state, 100'000, 1, false, Model::anticipation);
}
void crowd_jam_10k(benchmark::State& state) {
  measure(state, 10'000, 5, true, Model::anticipation);
}
void crowd_walk_10k_collision_free_speed(benchmark::State& state) {
  measure(state, 10'000, 1, false, Model::collision_free_speed);
}
void crowd_walk_10k_social_force(benchmark::State& state) {
  measure(state, 10'000, 1, false, Model::social_force);
}
BENCHMARK(crowd_walk_10k)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(crowd_walk_100k)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(crowd_jam_10k)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(crowd_walk_10k_collision_free_speed)
    ->Arg(1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(crowd_walk_10k_social_force)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace kontwin::testing
