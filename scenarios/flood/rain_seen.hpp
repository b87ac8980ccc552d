#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/rain_field.hpp"
#include "twin/branch.hpp"

namespace kontwin::flood {

/// What rain gauges saw in the lead-in (Forcing::rain_seen_mmph) beside the rain that drives the
/// flood at their places: the mean field bias of radar hydrology (Smith and Krajewski 1991, Water
/// Resour. Res. 27(8)), with a memory.
class RainSeen {
 public:
  /// Throws ScenarioError for a series that is not usable or a gauge that is not there.
  RainSeen(const Branch& branch, const RainField& rain);

  /// Takes in a window of the lead-in; `driven_mmph` [series of the rain field].
  void add(std::span<const double> driven_mmph, Instant from, Instant to);
  /// Whether a gauge has seen anything so far.
  bool any() const { return hours_ > 0; }
  /// By how much the driving rain is to be multiplied: sums over gauges and the last hours, each
  /// hour counting less by a factor of e in six, with a millimetre more in both for drizzle. Within
  /// e² either way; 1 where no gauge saw anything. Rain that is not driven at all is not made.
  double factor() const;
  /// At the end of each hour that gauges saw, once: the logarithm of what it says of the factor,
  /// from that hour alone, and its standard deviation. Nothing where less than 0.5 mm was driven or
  /// seen.
  std::optional<std::pair<double, double>> take_hour();

 private:
  struct Gauge {
    std::uint32_t series = 0;
    TimeSeries seen_mmph;
  };
  std::vector<Gauge> gauges_;
  double seen_mm_ = 0, driven_mm_ = 0;  // a gauge, fading
  double hours_ = 0;
  double hour_seen_mm_ = 0, hour_driven_mm_ = 0, hour_h_ = 0;  // sums over gauges
  double gauge_hours_ = 0;
};

}  // namespace kontwin::flood
