#pragma once

// The numerics of one face, for kernels over rows and for single faces (walls, the grid's edge).

#include <cmath>
#include <limits>

#include "scenarios/flood/finite_volume_rows.hpp"
#include "scenarios/flood/inertial_kernels.hpp"
#include "scenarios/flood/kernel_math.hpp"

namespace kontwin::flood {

/// One side of a face: depth and velocities at the face, and the cell it belongs to at the
/// beginning of the step, velocities counted positive towards rising columns or rows.
template <typename Real>
struct FaceSide {
  Real depth, along, across;
  UnitsOf<Real> cell_depth;
  Real cell_along, cell_across;
};

/// Depths over the ground that both sides share at a face, and by how much the lower side's water
/// surface was lifted there.
template <typename Real>
struct SharedDepths {
  Real before, after;
  Real lift_before, lift_after;
};

/// What FaceRow holds, of one face.
template <typename Real>
struct FaceFlux {
  UnitsOf<Real> water;
  Real before, after, across;
};

/// The hydrostatic reconstruction of Audusse et al. (2004, SIAM J. Sci. Comput. 25) over the higher
/// of the grounds of both sides, `climb` being the water surface's rise from one side to the other;
/// but water that runs down a step higher than it is deep keeps its depth, the surface below the
/// step being lifted to meet it, as in the surface reconstruction of Xia, Liang, Ming and Hou
/// (2017, Water Resour. Res. 53). Without that thin sheets would lose the part of the slope that is
/// higher than they are deep (Delestre et al. 2012, C. R. Math. 350). Said by the climb instead of
/// the ground, level water has the same depth on both sides to the last bit.
template <typename Real>
KONTWIN_INLINE SharedDepths<Real> depths_on_step(Real before, Real after, Real climb) {
  const Real less = smaller(before, after);
  const Real under_before = smaller(before, after - climb);
  const Real under_after = smaller(after, before + climb);
  SharedDepths<Real> shared;
  shared.before = larger(under_before, less);
  shared.after = larger(under_after, less);
  shared.lift_before = shared.before - under_before;
  shared.lift_after = shared.after - under_after;
  return shared;
}

/// Water per second and metre of width, and momentum less the pressure of `hl`: m²/s and m³/s².
template <typename Real>
struct RiemannFlux {
  Real water, push;
};

/// The same before the one division that it takes, for what has more to divide by.
template <typename Real>
struct UndividedFlux {
  Real water, push;  ///< times `span`
  Real span;         ///< m/s, above 0
  Real pressure;     ///< by which `hr` presses harder than `hl`, m³/s²
};

/// The HLLC solver (Toro, Spruce and Speares 1994, Shock Waves 4; wave speeds of Toro 2001,
/// Shock-Capturing Methods for Free-Surface Flows, ch. 10, with his speeds of a front on dry
/// ground). Of the three waves the middle one matters to what is carried across only. For `zero`
/// see FiniteVolumeStep.
template <typename Real>
KONTWIN_INLINE UndividedFlux<Real> undivided_flux(Real hl, Real ul, Real hr, Real ur,
                                                  Real zero = 0) {
  constexpr auto g = static_cast<Real>(gravity_mps2);
  constexpr Real half = Real(0.5);
  const Real gl = g * hl;
  const Real gr = g * hr;
  const Real cl = std::sqrt(gl);
  const Real cr = std::sqrt(gr);
  // The invariants that run to the middle, u + 2 c from before and u - 2 c from behind: they are
  // the speeds of fronts on dry ground, and the middle has u = (f + b) / 2 and c = (f - b) / 4.
  const Real front = ul + (cl + cl);
  const Real back = ur - (cr + cr);
  const Real c_middle = Real(0.25) * (front - back);
  Real sl = smaller(ul - cl, back + c_middle);
  Real sr = larger(ur + cr, front - c_middle);
  sl = hl > zero ? sl : back;
  sr = hr > zero ? sr : front;
  sl = smaller(sl, zero);
  sr = larger(sr, zero);
  const Real ql = hl * ul;
  const Real qr = hr * ur;
  const Real rise = hr - hl;
  const Real product = sl * sr;
  const Real pressure = half * rise * (gr + gl);
  return {.water = sr * ql - sl * qr + product * rise,
          .push = sr * (ql * ul) - sl * (qr * ur + pressure) + product * (qr - ql),
          .span = (sr - sl) + std::numeric_limits<Real>::min(),
          .pressure = pressure};
}

template <typename Real>
KONTWIN_INLINE RiemannFlux<Real> riemann_flux(Real hl, Real ul, Real hr, Real ur) {
  const UndividedFlux<Real> flux = undivided_flux(hl, ul, hr, ur);
  return {.water = flux.water / flux.span, .push = flux.push / flux.span};
}

/// The most a cell may give over one face in a step, in depth units: a quarter of what its own
/// flow does not carry off, and what its flow carries over this face. Over all four faces that is
/// no more than there is, as long as the Courant numbers add to 1 or less.
template <typename Real>
KONTWIN_INLINE Real most_from(Real depth_units, Real outwards, Real across,
                              const FiniteVolumeStep<Real>& now) {
  // Four roundings to whole units are at most two units; the factor covers those of the floats.
  constexpr Real sure = Real{1} - 16 * std::numeric_limits<Real>::epsilon();
  const Real there = depth_units - Real{2};
  // A quarter of 1 - C, C = (|u| + |v|) Δt / Δx, and what of C runs over this face.
  const Real flow = (std::fabs(outwards) - std::fabs(across)) + (outwards + outwards);
  const Real share = Real(0.25) * sure + (Real(0.25) * sure * now.per_cell) * flow;
  const Real most = larger(there * share, now.zero);
  return depth_units > static_cast<Real>(now.dry) ? most : Real{0};
}

template <typename Real>
KONTWIN_INLINE UnitsOf<Real> whole_units(Real units) {
  return static_cast<UnitsOf<Real>>(units + std::copysign(Real(0.5), units));
}

/// Cuts a flux to what the cell it leaves has to give, as if the face were open for that part of
/// the step only (draining time: Bollermann, Noelle and Lukáčová-Medviďová 2011, Commun. Comput.
/// Phys. 10), and counts it for both sides.
template <typename Real>
KONTWIN_INLINE FaceFlux<Real> counted(const UndividedFlux<Real>& flux,
                                      const SharedDepths<Real>& shared,
                                      const FaceSide<Real>& before, const FaceSide<Real>& after,
                                      const FiniteVolumeStep<Real>& now) {
  constexpr auto g = static_cast<Real>(gravity_mps2);
  const bool forward = flux.water > 0;
  const Real along = forward ? before.cell_along : after.cell_along;
  const Real most =
      most_from(static_cast<Real>(forward ? before.cell_depth : after.cell_depth),
                forward ? along : -along, forward ? before.cell_across : after.cell_across, now);
  // Either the span or, where the face is open for a part of the step only, what is wanted divides
  // everything: one division a face.
  const Real wanted = flux.water * now.units_per_flux;
  const Real size = std::fabs(wanted);
  const Real most_span = most * flux.span;
  const bool cut = size > most_span;
  const Real by = larger(cut ? size : flux.span, std::numeric_limits<Real>::min());
  const Real over = Real{1} / by;
  const Real part = over * (cut ? most : Real{1});
  const Real open = cut ? most_span * over : Real{1};
  FaceFlux<Real> all;
  all.water = whole_units(wanted * part);
  all.across = static_cast<Real>(all.water) * metres_per_unit<Real> *
               (forward ? before.across : after.across);
  const Real push = flux.push * part;
  all.before = now.per_cell * (push + g * shared.before * shared.lift_before);
  all.after = now.per_cell * (push - flux.pressure * open + g * shared.after * shared.lift_after);
  return all;
}

template <typename Real>
KONTWIN_INLINE FaceFlux<Real> face_flux(const FaceSide<Real>& before, const FaceSide<Real>& after,
                                        Real climb, const FiniteVolumeStep<Real>& now) {
  const SharedDepths<Real> shared = depths_on_step(before.depth, after.depth, climb);
  return counted(undivided_flux(shared.before, before.along, shared.after, after.along, now.zero),
                 shared, before, after, now);
}

/// What is left of a speed after `dt_s` of Manning friction on `depth`: the root of s + K s² = s₀,
/// friction taken at the end of the step, so that thin fast sheets neither overshoot nor stop.
template <typename Real>
KONTWIN_INLINE Real slowed(Real depth, Real speed, Real friction, Real dt_s) {
  const Real root = inverse_cube_root(depth);
  const Real root2 = root * root;
  const Real k = dt_s * friction * root2 * root2;
  return Real{2} / (Real{1} + std::sqrt(Real{1} + 4 * k * speed));
}

/// The same for a discharge: what it has to be multiplied with to give the speed that is left.
template <typename Real>
KONTWIN_INLINE Real slowed_over_depth(Real depth, Real discharge, Real friction, Real dt_s) {
  const Real root = inverse_cube_root(depth);
  const Real root2 = root * root;
  const Real root7 = root2 * root2 * (root2 * root);
  const Real k = dt_s * friction * root7;
  return Real{2} / (depth + depth * std::sqrt(Real{1} + 4 * k * discharge));
}

}  // namespace kontwin::flood
