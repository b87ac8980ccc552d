#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "twin/forcing.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// The rain that drives a branch, by place: that of the raster's cell where there is a raster; else
/// the series of the nearest rain gauge that has one (Thiessen's polygons), or the world-wide
/// series where no gauge has one.
class RainField {
 public:
  /// Throws ScenarioError when a series is not usable (see check_series), a gauge is not there, a
  /// raster has rain below 0, or rasters and series are given at once.
  RainField(const World& world, const Forcing& forcing);

  /// How many series there are; at least 1.
  std::size_t series_count() const { return series_.size(); }
  /// The number of the series that holds at a point. Throws ScenarioError, naming the place, where
  /// the raster does not reach.
  std::uint32_t series_at(LocalPoint point) const;
  /// Mean intensity of a series over a span, mm/h.
  double mean_mmph(std::uint32_t series, Instant from, Instant to) const;
  /// Throws ScenarioError that tells the gap where the raster does not cover all of `area`, which
  /// `what` names, at all moments.
  void check_covers(const LocalBox& area, const std::string& what) const;
  /// True when no rain is given at all.
  bool dry() const;

 private:
  void take(const RainRaster& raster);
  std::string place_of(std::size_t cell) const;

  std::vector<TimeSeries> series_;
  std::vector<LocalPoint> gauge_;  // of each series; empty when there is the world-wide series only
  std::optional<GridShape> raster_;  // a series for each of its cells
  std::vector<char> known_;          // [cell of the raster] at all moments
  std::string raster_name_;
};

}  // namespace kontwin
