#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <ctime>
#include <memory>

#include "tests/scenarios/evacuation/crowd/people_among_walls.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

using Model = crowd::MovementOptions::Model;

/// CPU time of all threads of the process, s.
double cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// A square of rooms: a wall with a gap of 3 m every 12 m, people at a density all over it. Half of
/// them walk one way and half the other; in a jam all press towards the middle.
std::unique_ptr<People> rooms(std::size_t count, float per_square_m, bool jam, Model model,
                              std::size_t threads) {
  const float side = std::sqrt(static_cast<float>(count) / per_square_m);
  Plan plan;
  plan.box(0, 0, side, side);
  for (float x = 12; x < side - 2; x += 12) {
    for (float y = 0; y < side; y += 12) plan.wall(x, y, x, std::min(side, y + 9));
  }
  auto people = std::make_unique<People>(plan, crowd::movement_options(model), threads);
  const auto per_row = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  const float step = side / static_cast<float>(per_row);
  for (std::size_t i = 0; i < count; ++i) {
    RandomStream random(1, i);
    const float x = (static_cast<float>(i / per_row) + 0.5F) * step;
    const float y = (static_cast<float>(i % per_row) + 0.5F) * step;
    float to_x = i % 2 == 0 ? 1.0F : -1.0F, to_y = 0.2F * to_x;
    if (jam) {
      to_x = side / 2 - x;
      to_y = side / 2 - y;
    }
    const float length = std::hypot(to_x, to_y) + 1e-6F;
    people->add(x, y, {to_x / length, to_y / length, static_cast<float>(random.uniform(1.0, 1.7))});
  }
  return people;
}

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

/// How much faster two threads are than one: runs by turns, so that a busy machine is fair to both.
void crowd_two_threads(benchmark::State& state) {
  const auto one = rooms(100'000, 1, false, Model::anticipation, 1);
  const auto two = rooms(100'000, 1, false, Model::anticipation, 2);
  const auto time_of = [](People& people) {
    const auto from = std::chrono::steady_clock::now();
    people.walk(0.5);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
  };
  double one_s = 0, two_s = 0;
  for (auto _ : state) {
    one_s += time_of(*one);
    two_s += time_of(*two);
  }
  state.counters["times_faster"] = one_s / two_s;
}
BENCHMARK(crowd_two_threads)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace kontwin::testing
