#pragma once

#include <algorithm>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "io/crowd/crowd_file.hpp"
#include "scenarios/evacuation/crowd/run_scenario.hpp"

namespace kontwin::validation {

inline ComputeArena& crowd_arena() {
  static ComputeArena arena(1);
  return arena;
}

/// Runs a scenario of assets/crowd with each of its seeds, ten or more, after `change`.
inline std::vector<crowd::CrowdOutcome> crowd_runs(
    const std::string& file, const std::function<void(crowd::CrowdScenario&)>& change = {}) {
  auto scenario =
      crowd::read_crowd(std::string(KONTWIN_SOURCE_DIR) + "/assets/crowd/" + file + ".crowd.toml");
  if (change) change(scenario);
  std::vector<crowd::CrowdOutcome> outcomes;
  for (std::uint64_t i = 0; i < scenario.seeds; ++i) {
    outcomes.push_back(run_crowd(scenario, scenario.first_seed + i, crowd_arena()));
  }
  return outcomes;
}

template <class Of>
std::vector<double> of_each(const std::vector<crowd::CrowdOutcome>& outcomes, Of&& of) {
  std::vector<double> values;
  for (const crowd::CrowdOutcome& outcome : outcomes) values.push_back(of(outcome));
  return values;
}

inline double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// The time at which the last was out; infinite when somebody never was.
inline double last_out_s(const crowd::CrowdOutcome& outcome) { return time_of_share_s(outcome, 1); }

inline double mean_last_out_s(const std::vector<crowd::CrowdOutcome>& outcomes) {
  return mean_of(of_each(outcomes, last_out_s));
}

}  // namespace kontwin::validation
