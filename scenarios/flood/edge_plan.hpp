#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "scenarios/flood/edge_condition.hpp"
#include "twin/forcing.hpp"
#include "twin/geometry.hpp"

namespace kontwin::flood {

/// What stands at a side of the flood grid, or a part of it, as a scenario gives it.
struct EdgePlan {
  GridSide side = GridSide::west;
  /// The part of the side between (the feet of) two places; nothing: all of it.
  std::optional<std::pair<LocalPoint, LocalPoint>> part = {};
  /// Instead: that side of the cells at these places, wherever on the grid they lie. Nothing may
  /// flow over it to the cell behind it, which counts as outside (the inertial scheme without
  /// insets only).
  std::vector<LocalPoint> at = {};
  EdgeCondition::Kind kind = EdgeCondition::Kind::closed;
  /// Stage in metres above the datum, or the discharge over the whole part in m³/s, which all its
  /// cells share equally.
  TimeSeries over_time = {};
  double slope = 0;  ///< of an edge that water leaves over on a slope
};

}  // namespace kontwin::flood
