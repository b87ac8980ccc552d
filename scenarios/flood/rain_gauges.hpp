#pragma once

#include <deque>
#include <utility>
#include <vector>

#include "scenarios/rain_field.hpp"
#include "twin/branch.hpp"

namespace kontwin::flood {

/// What the rain gauges read while a branch runs: the rain that drives it at their place, and its
/// sum over the last 24 hours. Of the 24 hours before the start only the sum is known: it is taken
/// to have fallen evenly.
class RainGauges {
 public:
  RainGauges(const Branch& branch, const RainField& rain);
  /// Writes the columns after a window. `rain_mmph` [series] is its mean intensity, before a
  /// `factor` on all of it.
  void write(const std::vector<double>& rain_mmph, double factor, Instant from, Instant to,
             StateTable& state);

 private:
  Instant start_;
  std::vector<std::uint32_t> series_;  // [gauge]
  std::vector<double> sum_before_mm_;  // [gauge]
  std::vector<double> sum_mm_;         // [series] over the windows of the last 24 h
  std::deque<std::pair<Instant, std::vector<double>>> windows_;  // their ends and rain, mm [series]
};

}  // namespace kontwin::flood
