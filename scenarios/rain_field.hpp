#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "twin/forcing.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// The rain that drives a branch, by place: the series of the nearest rain gauge that has one
/// (Thiessen's polygons), or the world-wide series where no gauge has one.
class RainField {
 public:
  /// Throws ScenarioError when a series is not usable (see check_series) or a gauge is not there.
  RainField(const World& world, const Forcing& forcing);

  /// How many series there are; at least 1.
  std::size_t series_count() const { return series_.size(); }
  /// The number of the series that holds at a point.
  std::uint32_t series_at(LocalPoint point) const;
  /// Mean intensity of a series over a span, mm/h.
  double mean_mmph(std::uint32_t series, Instant from, Instant to) const;
  /// True when no rain is given at all.
  bool dry() const;

 private:
  std::vector<TimeSeries> series_;
  std::vector<LocalPoint> gauge_;  // of each series; empty when there is the world-wide series only
};

}  // namespace kontwin
