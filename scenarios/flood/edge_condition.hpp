#pragma once

#include <cstdint>

namespace kontwin::flood {

enum class GridSide : std::uint8_t { west, east, south, north };

/// What the water of a cell meets at the grid's edge.
struct EdgeCondition {
  enum class Kind : std::uint8_t {
    closed,
    slope,         ///< flows out as on ground that falls by `slope`, never in; below 0: closed
    transmissive,  ///< flows out as it comes, never in
    stage,         ///< the water surface outside stands at `stage_m`
    discharge,     ///< `discharge_m2ps` comes in over each metre of the edge
  };
  Kind kind = Kind::closed;
  double slope = 0;
  double stage_m = 0;
  double discharge_m2ps = 0;  ///< 0 or more
  /// With a discharge that comes in faster than waves: its depth. 0: found from the water inside.
  /// The inertial scheme does not need it.
  double inflow_depth_m = 0;
};

}  // namespace kontwin::flood
