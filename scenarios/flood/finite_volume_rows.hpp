#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace kontwin::flood {

/// How the finite volume scheme counts depth: in whole units, as the inertial scheme does, so that
/// what leaves a cell is exactly what enters the next. float: 2⁻²⁴ m in 32 bits, up to 128 m;
/// double: 2⁻⁴⁴ m in 64 bits.
template <typename Real>
struct DepthCount;
template <>
struct DepthCount<float> {
  using Units = std::int32_t;
  static constexpr double per_m = 0x1p24;
};
template <>
struct DepthCount<double> {
  using Units = std::int64_t;
  static constexpr double per_m = 0x1p44;
};
template <typename Real>
using UnitsOf = typename DepthCount<Real>::Units;
template <typename Real>
inline constexpr Real metres_per_unit = static_cast<Real>(1 / DepthCount<Real>::per_m);

/// One time step as the kernels need it.
template <typename Real>
struct FiniteVolumeStep {
  Real dt_s = 0;
  Real per_cell = 0;        ///< Δt / Δx
  Real units_per_flux = 0;  ///< Δt / Δx in depth units
  UnitsOf<Real> dry = 0;    ///< water shallower than this does not flow
  /// Always 0, but the compiler must not know: comparing with a 0 that it knows it makes masks of,
  /// which take twice as long as the larger and the smaller of two numbers.
  Real zero = 0;
};

/// The state of the cells of a row, each array at the first of them; those before and behind are
/// there too.
template <typename Real>
struct StateRow {
  const UnitsOf<Real>* depth = nullptr;
  const Real* u = nullptr;         ///< velocity towards rising columns, m/s
  const Real* v = nullptr;         ///< towards rising rows
  const Real* ground = nullptr;    ///< m
  const Real* friction = nullptr;  ///< g n²
};

/// Rows of a block are at most this long; arrays hold cell k at `row_lead` + k, for k from -1 to
/// the number of cells, and on to the end of the last vector: `row_lead` is what the longest holds.
inline constexpr std::size_t longest_block_row = 128;
inline constexpr std::size_t row_lead = 16;

template <typename Value>
struct alignas(64) BlockRow {
  std::array<Value, longest_block_row + 2 * row_lead> values;
  Value* at(std::ptrdiff_t k) { return values.data() + row_lead + k; }
  const Value* at(std::ptrdiff_t k) const { return values.data() + row_lead + k; }
};

/// The cells of a row half a step on, with the differences across each cell that limiters allow.
template <typename Real>
struct PredictedRow {
  BlockRow<Real> gain;  ///< of depth in that time, m
  BlockRow<Real> u, v;
  BlockRow<Real> x_depth, x_u, x_v, x_surface;
  BlockRow<Real> y_depth, y_u, y_v, y_surface;
};

/// What passes over faces in a step: water in depth units, and momentum already as its effect on
/// depth times velocity, m²/s. Water stands on the ground of two cells with different pressures at
/// a face, so momentum is counted for either side, less that side's own hydrostatic pressure.
template <typename Real>
struct FaceRow {
  BlockRow<UnitsOf<Real>> water;
  BlockRow<Real> before, after;  ///< along the flux, for the cell before and behind the face
  BlockRow<Real> across;         ///< what the water carries of the other velocity
};

}  // namespace kontwin::flood
