#pragma once

#include <cstddef>

#include "scenarios/flood/finite_volume_rows.hpp"

namespace kontwin::flood {

/// The kernels of the finite volume scheme for the shallow water equations, second order by the
/// MUSCL-Hancock method (van Leer 1979; Toro 2001, ch. 11). All come for float and double. They
/// work on whole vectors: rows are read, and written, up to the next multiple of `row_lead` cells.

/// The limited differences of depth, velocities and water surface over `count` cells, from -1 on,
/// and their state half a step on, friction in it. Rows below and above are those of the grid.
void predict_row(std::size_t count, const StateRow<float>& below, const StateRow<float>& here,
                 const StateRow<float>& above, const FiniteVolumeStep<float>& now,
                 PredictedRow<float>& predicted);
void predict_row(std::size_t count, const StateRow<double>& below, const StateRow<double>& here,
                 const StateRow<double>& above, const FiniteVolumeStep<double>& now,
                 PredictedRow<double>& predicted);

/// Fluxes over the left faces of `count` cells; from the cells alone where `predicted` is null:
/// first order (Godunov).
void flux_left(std::size_t count, const StateRow<float>& here, const PredictedRow<float>* predicted,
               const FiniteVolumeStep<float>& now, FaceRow<float>& faces);
void flux_left(std::size_t count, const StateRow<double>& here,
               const PredictedRow<double>* predicted, const FiniteVolumeStep<double>& now,
               FaceRow<double>& faces);

/// The same over the lower faces.
void flux_below(std::size_t count, const StateRow<float>& below, const StateRow<float>& here,
                const PredictedRow<float>* predicted_below, const PredictedRow<float>* predicted,
                const FiniteVolumeStep<float>& now, FaceRow<float>& faces);
void flux_below(std::size_t count, const StateRow<double>& below, const StateRow<double>& here,
                const PredictedRow<double>* predicted_below, const PredictedRow<double>* predicted,
                const FiniteVolumeStep<double>& now, FaceRow<double>& faces);

/// What comes to a row of cells in a step.
template <typename Real>
struct Arrivals {
  const FaceRow<Real>* left = nullptr;
  const FaceRow<Real>* below = nullptr;
  const FaceRow<Real>* above = nullptr;
  const PredictedRow<Real>* predicted = nullptr;  ///< null: first order
  const UnitsOf<Real>* rain = nullptr;            ///< depth units on each cell
};

/// What was seen of some rows of cells, gathered column by column.
template <typename Real>
struct SeenOfRows {
  /// The largest |u| + |v| + 2 c, c the speed of gravity waves, as the bits of the number: 0 where
  /// all are dry, more than any number where a velocity is none.
  BlockRow<UnitsOf<Real>> wave;
  BlockRow<UnitsOf<Real>> moved;  ///< not 0 where water moved
};

/// The state of a row after the step, and where what is seen of it is gathered.
template <typename Real>
struct NextRow {
  UnitsOf<Real>* depth = nullptr;
  Real* u = nullptr;
  Real* v = nullptr;
  BlockRow<UnitsOf<Real>>* wave = nullptr;
  BlockRow<UnitsOf<Real>>* moved = nullptr;
};

/// Moves water and momentum of `count` cells, with Manning friction taken at the end of the step.
/// Velocities up to `still_mps` do not count as movement.
void move_row(std::size_t count, const StateRow<float>& here, const Arrivals<float>& arrivals,
              const FiniteVolumeStep<float>& now, float still_mps, const NextRow<float>& next);
void move_row(std::size_t count, const StateRow<double>& here, const Arrivals<double>& arrivals,
              const FiniteVolumeStep<double>& now, double still_mps, const NextRow<double>& next);

/// Depth in m and the square of the speed of `count` cells, and not one more.
void show_row(std::size_t count, const StateRow<float>& here, float* depth_m, float* speed2);
void show_row(std::size_t count, const StateRow<double>& here, float* depth_m, float* speed2);

/// What was seen of the rows of a tile.
struct SeenOfTile {
  double wave_mps = 0;  ///< as in SeenOfRows
  bool moves = false;
};

/// Of `count` columns from column `first` on.
SeenOfTile see_tile(std::size_t count, std::ptrdiff_t first, const SeenOfRows<float>& seen);
SeenOfTile see_tile(std::size_t count, std::ptrdiff_t first, const SeenOfRows<double>& seen);

}  // namespace kontwin::flood
