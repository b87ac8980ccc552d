#pragma once

// Where the two sides of faces are read from, along x and along y, in first and second order.

#include "scenarios/flood/finite_volume_face.hpp"

namespace kontwin::flood {

/// The arrays that one side of a row of faces is read from, along and across the flux, at the first
/// of the faces' cells.
template <typename Real>
struct SideRow {
  const UnitsOf<Real>* cell_depth;
  const Real *cell_along, *cell_across, *ground;
  // Second order only: the state half a step on, and its differences across the cell.
  const Real *gain, *along, *across;
  const Real *d_depth, *d_along, *d_across, *d_surface;
};

template <typename Real>
KONTWIN_INLINE SideRow<Real> side_row(const StateRow<Real>& state,
                                      const PredictedRow<Real>* predicted, bool along_x,
                                      std::ptrdiff_t first) {
  SideRow<Real> row{};
  row.cell_depth = state.depth + first;
  row.cell_along = (along_x ? state.u : state.v) + first;
  row.cell_across = (along_x ? state.v : state.u) + first;
  row.ground = state.ground + first;
  if (predicted == nullptr) return row;
  const PredictedRow<Real>& p = *predicted;
  row.gain = p.gain.at(first);
  row.along = (along_x ? p.u : p.v).at(first);
  row.across = (along_x ? p.v : p.u).at(first);
  row.d_depth = (along_x ? p.x_depth : p.y_depth).at(first);
  row.d_along = (along_x ? p.x_u : p.y_v).at(first);
  row.d_across = (along_x ? p.x_v : p.y_u).at(first);
  row.d_surface = (along_x ? p.x_surface : p.y_surface).at(first);
  return row;
}

/// `half` is 1/2 for the side before a face, -1/2 for the side behind.
template <bool second_order, typename Real>
KONTWIN_INLINE FaceSide<Real> side_at(const SideRow<Real>& row, std::size_t i, Real half) {
  FaceSide<Real> side;
  side.cell_depth = row.cell_depth[i];
  side.cell_along = row.cell_along[i];
  side.cell_across = row.cell_across[i];
  const Real depth = static_cast<Real>(side.cell_depth) * metres_per_unit<Real>;
  if constexpr (second_order) {
    side.depth = depth + row.gain[i] + half * row.d_depth[i];
    side.along = row.along[i] + half * row.d_along[i];
    side.across = row.across[i] + half * row.d_across[i];
  } else {
    side.depth = depth;
    side.along = side.cell_along;
    side.across = side.cell_across;
  }
  return side;
}

/// The height of the ground at the face, over that of the cell.
template <bool second_order, typename Real>
KONTWIN_INLINE Real ground_rise(const SideRow<Real>& row, std::size_t i, Real half) {
  if constexpr (second_order) {
    return half * (row.d_surface[i] - row.d_depth[i]);
  } else {
    return Real{0};
  }
}

/// The rise of the water surface over a face.
template <bool second_order, typename Real>
KONTWIN_INLINE Real surface_climb(const SideRow<Real>& before, const SideRow<Real>& after,
                                  std::size_t i) {
  const Real deeper =
      static_cast<Real>(wrapped_difference(after.cell_depth[i], before.cell_depth[i])) *
      metres_per_unit<Real>;
  const Real climb = deeper + (after.ground[i] - before.ground[i]);
  if constexpr (second_order) {
    return climb - Real(0.5) * (before.d_surface[i] + after.d_surface[i]) +
           (after.gain[i] - before.gain[i]);
  } else {
    return climb;
  }
}

}  // namespace kontwin::flood
