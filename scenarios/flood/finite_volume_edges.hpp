#pragma once

#include <cstddef>
#include <cstdint>

#include "scenarios/flood/finite_volume_face.hpp"

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
  double inflow_depth_m = 0;
};

/// A cell's side of a face at the grid's edge, seen on the way out.
struct EdgeView {
  double depth_m = 0, outwards_mps = 0;  ///< at the face
  double ground_m = 0;                   ///< at the face
  double friction = 0;                   ///< g n²
  double own_slope = 0;                  ///< fall of the water surface on its way out
};

/// Water on its way out in m²/s (below 0: in), and its momentum less the hydrostatic pressure of
/// the cell's depth at the face, m³/s². Stages and discharges meet the water inside by the Riemann
/// invariant that runs out (Toro 2001, Shock-Capturing Methods for Free-Surface Flows, ch. 6).
RiemannFlux<double> edge_flux(const EdgeCondition& condition, const EdgeView& inside);

}  // namespace kontwin::flood
