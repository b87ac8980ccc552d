#pragma once

#include <optional>
#include <utility>

#include "scenarios/flood/edge_condition.hpp"
#include "twin/forcing.hpp"
#include "twin/geometry.hpp"

namespace kontwin::flood {

/// What stands at a side of the flood grid, or a part of it, as a scenario gives it.
struct EdgePlan {
  GridSide side = GridSide::west;
  /// The part of the side between (the feet of) two places; nothing: all of it.
  std::optional<std::pair<LocalPoint, LocalPoint>> part = {};
  EdgeCondition::Kind kind = EdgeCondition::Kind::closed;
  /// Stage in metres above the datum, or the discharge over the whole part in m³/s, which all its
  /// cells share equally.
  TimeSeries over_time = {};
  double slope = 0;  ///< of an edge that water leaves over on a slope
};

}  // namespace kontwin::flood
