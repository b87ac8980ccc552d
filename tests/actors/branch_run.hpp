#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include "actors/branch_runner.hpp"
#include "tests/actors/bathtub.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::testing {

inline constexpr Instant start{std::chrono::sys_days{std::chrono::year{2025} / 11 / 18}};

/// Half an hour from `start` in windows of a minute, a frame every ten.
inline Branch branch_of(std::shared_ptr<const World> world) {
  Branch branch;
  branch.name = "test";
  branch.state = StateTable(*world);
  // As the mirror knew it: the gauges' zero is at 100 m.
  std::ranges::fill(branch.state.column(Kind::river_gauge, river_gauge_column::stage_m), 100);
  branch.world = std::move(world);
  branch.start = start;
  branch.length = std::chrono::minutes{30};
  branch.window = std::chrono::minutes{1};
  branch.frame_every = std::chrono::minutes{10};
  return branch;
}

/// Rises from 0 to `top_m` in the first half of half an hour and falls back in the second.
inline TimeSeries flood(double top_m) {
  using std::chrono::minutes;
  return {.at = {start, start + minutes{15}, start + minutes{30}}, .value = {0, top_m, 0}};
}

struct Outcome {
  RunResult result;
  Keeper kept;
  std::vector<TimedEdit> applied;  ///< what the engine was told
  std::vector<Instant> led_in;     ///< windows before the start
};

/// Runs a branch with a Bathtub for its only engine.
inline Outcome run(Branch branch, TimeSeries level_m, double slope = 0, unsigned threads = 2) {
  BranchRunner runner(threads);
  std::vector<std::unique_ptr<Engine>> engines;
  engines.push_back(std::make_unique<Bathtub>(branch.world, std::move(level_m), slope));
  Outcome outcome;
  RunSink* sinks[] = {&outcome.kept};
  outcome.result = runner.run(std::move(branch), engines, sinks);
  const auto& tub = dynamic_cast<Bathtub&>(*engines.front());
  outcome.applied = tub.applied;
  outcome.led_in = tub.led_in;
  return outcome;
}

inline std::vector<double> values(const std::vector<Event>& events) {
  std::vector<double> all;
  for (const Event& event : events) all.push_back(event.value);
  return all;
}

}  // namespace kontwin::testing
