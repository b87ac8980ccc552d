#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/evacuation/plan/timed_network.hpp"

namespace kontwin::evacuation {

/// What is left of the capacity of arcs, step by step.
class CapacityBook {
 public:
  /// `step_s`: whole seconds, so that moments fall into steps exactly. `least_units`: an arc has
  /// steps long enough to let this much through; where less than that is left in one, it counts as
  /// full.
  CapacityBook(const TimedNetwork& network, double step_s, double least_units);

  double step_s(std::uint32_t arc) const { return step_s_[arc]; }
  std::uint32_t step_at(std::uint32_t arc, double at_s) const {
    return static_cast<std::uint32_t>(at_s / step_s_[arc]);
  }
  /// The first moment from `at_s` on at which something may enter; never_s when it closes before.
  double first_free_s(std::uint32_t arc, double at_s);
  /// The last moment from `from_s` to `until_s` at which something may enter; it may at `from_s`.
  double last_free_s(std::uint32_t arc, double from_s, double until_s) const;
  double left(std::uint32_t arc, std::uint32_t step) const;
  void take(std::uint32_t arc, std::uint32_t step, double units);
  bool is_free(std::uint32_t arc, std::uint32_t step) const {
    return left(arc, step) >= least_units_;
  }

 private:
  const TimedNetwork& network_;
  double least_units_;
  std::vector<double> step_s_;                    // [arc]
  std::vector<std::vector<double>> used_;         // [arc][step] as far as anything was taken
  std::vector<std::vector<std::uint32_t>> next_;  // [arc][step] the first that may be free
};

}  // namespace kontwin::evacuation
