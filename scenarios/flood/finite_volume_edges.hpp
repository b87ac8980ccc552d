#pragma once

#include "scenarios/flood/edge_condition.hpp"
#include "scenarios/flood/finite_volume_face.hpp"

namespace kontwin::flood {

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
