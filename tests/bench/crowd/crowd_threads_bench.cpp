#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <vector>

#include "tests/bench/crowd/crowd_cases.hpp"

namespace kontwin::testing {
namespace {

/// Wall times of the same piece of work, done over and over, s. Whatever else runs on the machine
/// only ever makes a piece longer: what it takes by itself is the time of the undisturbed ones.
class Pieces {
 public:
  template <class Work>
  void time(const Work& work) {
    const auto from = std::chrono::steady_clock::now();
    const std::clock_t cpu_from = std::clock();
    work();
    cpu_s_ += static_cast<double>(std::clock() - cpu_from) / CLOCKS_PER_SEC;
    times_s_.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count());
    all_s_ += times_s_.back();
  }
  /// Cores that the process had while it worked.
  double cores() const { return cpu_s_ / all_s_; }
  /// That of the quickest twentieth.
  double undisturbed_s() {
    const auto at = times_s_.begin() + static_cast<std::ptrdiff_t>(times_s_.size() / 20);
    std::ranges::nth_element(times_s_, at);
    return *at;
  }

 private:
  std::vector<double> times_s_;
  double cpu_s_ = 0, all_s_ = 0;
};

void compare(benchmark::State& state, const auto& one, const auto& two) {
  Pieces by_one, by_two;
  for (auto _ : state) {
    by_one.time(one);
    by_two.time(two);
  }
  state.counters["times_faster"] = by_one.undisturbed_s() / by_two.undisturbed_s();
  // Well below two the machine did not let both threads run, and the ratio says nothing.
  state.counters["cores_had"] = by_two.cores();
}

/// How much faster two threads walk than one: single steps by turns.
void crowd_two_threads(benchmark::State& state) {
  const auto people = static_cast<std::size_t>(state.range(0));
  const auto one = rooms(people, 1, false, Model::anticipation, 1);
  const auto two = rooms(people, 1, false, Model::anticipation, 2);
  const double step_s = static_cast<double>(one->motion.options().step_s);
  compare(
      state, [&] { one->walk(step_s); }, [&] { two->walk(step_s); });
}
BENCHMARK(crowd_two_threads)
    ->Arg(10'000)
    ->Iterations(400)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(crowd_two_threads)
    ->Arg(100'000)
    ->Iterations(60)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

/// The same of a whole run: half a second by turns, in which everybody looks around once.
void crowd_two_threads_leave_rooms(benchmark::State& state) {
  const auto people = static_cast<std::size_t>(state.range(0));
  const auto one = full_rooms(people, 1);
  const auto two = full_rooms(people, 2);
  const auto half_second = [](crowd::CrowdSimulation& crowd) {
    return [&crowd] { crowd.advance(crowd.now_s() + 0.5); };
  };
  half_second(one->crowd)();
  half_second(two->crowd)();
  compare(state, half_second(one->crowd), half_second(two->crowd));
}
BENCHMARK(crowd_two_threads_leave_rooms)
    ->Arg(10'000)
    ->Iterations(40)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace kontwin::testing
