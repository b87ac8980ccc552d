#pragma once

#include "io/flood/flood_case.hpp"

namespace kontwin::flood {

/// Keeps discharges that come in over edges off cells without a height: all of it is shared by the
/// others of the edge. Throws ScenarioError for an edge along which the terrain has no height.
void keep_edges_on_ground(FloodCase& flood_case);

}  // namespace kontwin::flood
