#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "twin/entity_ref.hpp"
#include "twin/geometry.hpp"
#include "twin/rain_raster.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// A quantity over time.
struct TimeSeries {
  enum class Between { straight, hold };  ///< straight line between points, or the last value held

  std::vector<Instant> at;    ///< rising
  std::vector<double> value;  ///< same length
  Between between = Between::straight;

  bool empty() const { return at.empty(); }
  /// The value at a moment; the first or last value outside the series; 0 for an empty series.
  double value_at(Instant moment) const;
};

/// An inflow that is known from a gauge's stages (Forcing::gauge_stage_m) by the rating of its
/// river.
struct GaugedFlow {
  std::uint32_t gauge = no_row;  ///< river_gauge row
  Duration later{0};  ///< the water passes the inlet this long after the gauge; below 0: before
  double factor = 1;
  /// How the flow goes on after the last stage: its change over the last two hours fades with this
  /// time; 0: it stays as it is.
  double trend_h = 0;
};

/// Water that comes into the flooded area at a place: a river at the edge of the grid.
struct Inflow {
  std::string name;  ///< `Đăk Bla at Kon Plông`
  LocalPoint place;
  TimeSeries discharge_m3ps;  ///< not used where it is gauged
  std::optional<GaugedFlow> gauged = {};
};

/// What drives a branch from outside.
struct Forcing {
  TimeSeries rain_mmph;                                                  ///< over the whole world
  std::vector<std::pair<std::uint32_t, TimeSeries>> rain_at_gauge_mmph;  ///< by rain_gauge row
  /// Over a part of the world, instead of both; shared, because it may be large.
  std::shared_ptr<const RainRaster> rain_raster;
  std::vector<Inflow> inflows;
  std::vector<std::pair<std::uint32_t, TimeSeries>> reservoir_outflow_m3ps;  ///< by reservoir row
  TimeSeries traffic_demand;  ///< factor on the background demand; empty: 1
  /// Flows that counters saw, by traffic_counter row: what the background demand is kept close to.
  std::vector<std::pair<std::uint32_t, TimeSeries>> traffic_flow_vph;
  /// Rain that gauges saw, by rain_gauge row, mm/h, held: what the rain of a flood is corrected by.
  std::vector<std::pair<std::uint32_t, TimeSeries>> rain_seen_mmph;
  /// Stages that gauges saw, by river_gauge row: what the water of a flood is drawn to.
  std::vector<std::pair<std::uint32_t, TimeSeries>> gauge_stage_m;
};

}  // namespace kontwin
