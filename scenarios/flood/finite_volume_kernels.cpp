#include "scenarios/flood/finite_volume_kernels.hpp"

#include <bit>
#include <cmath>

#include "scenarios/flood/finite_volume_sides.hpp"
#include "scenarios/flood/tile_plan.hpp"

namespace kontwin::flood {

namespace {

/// Kernels take whole vectors of the longest kind: a rest done cell by cell would take as long as
/// several of them. Rows go on far enough for that.
constexpr std::size_t whole_vectors(std::size_t count) {
  return (count + row_lead - 1) / row_lead * row_lead;
}

/// Of the differences to the cells before and behind: none at an extremum, else their mean, at most
/// `sharpness` times either (van Leer's MC limiter has 2, minmod 1).
template <typename Real>
KONTWIN_INLINE Real limited(Real before, Real after, Real zero) {
  constexpr Real sharpness = Real(1.5);
  const Real most = sharpness * larger(smaller(before, after), zero);
  const Real least = sharpness * smaller(larger(before, after), zero);
  return larger(smaller(Real(0.5) * (before + after), most), least);
}

template <typename Real>
KONTWIN_INLINE void predict(std::size_t count, const StateRow<Real>& below,
                            const StateRow<Real>& here, const StateRow<Real>& above,
                            const FiniteVolumeStep<Real>& step, PredictedRow<Real>& predicted) {
  const FiniteVolumeStep<Real> now = step;  // not to be read again for every vector
  constexpr auto g = static_cast<Real>(gravity_mps2);
  constexpr Real m = metres_per_unit<Real>;
  const Real half_step = Real(0.5) * now.per_cell;
  const Real half_s = Real(0.5) * now.dt_s;
  const UnitsOf<Real> dry = now.dry;
  const Real dry_m = static_cast<Real>(dry) * m;
  const auto cells = static_cast<std::ptrdiff_t>(whole_vectors(count));
#pragma GCC ivdep
  for (std::ptrdiff_t k = 0; k < cells; ++k) {
    const std::ptrdiff_t i = k - 1;
    // Differences of counted depths are exact, and those of near heights: a level lake has none.
    const UnitsOf<Real> units = here.depth[i];
    const Real from_left = static_cast<Real>(wrapped_difference(units, here.depth[i - 1])) * m;
    const Real to_right = static_cast<Real>(wrapped_difference(here.depth[i + 1], units)) * m;
    const Real from_below = static_cast<Real>(wrapped_difference(units, below.depth[i])) * m;
    const Real to_above = static_cast<Real>(wrapped_difference(above.depth[i], units)) * m;
    const Real ground = here.ground[i];
    const Real u = here.u[i];
    const Real v = here.v[i];
    const Real x_depth = limited(from_left, to_right, now.zero);
    const Real y_depth = limited(from_below, to_above, now.zero);
    const Real x_surface = limited(from_left + (ground - here.ground[i - 1]),
                                   to_right + (here.ground[i + 1] - ground), now.zero);
    const Real y_surface = limited(from_below + (ground - below.ground[i]),
                                   to_above + (above.ground[i] - ground), now.zero);
    const Real x_u = limited(u - here.u[i - 1], here.u[i + 1] - u, now.zero);
    const Real x_v = limited(v - here.v[i - 1], here.v[i + 1] - v, now.zero);
    const Real y_u = limited(u - below.u[i], above.u[i] - u, now.zero);
    const Real y_v = limited(v - below.v[i], above.v[i] - v, now.zero);

    const Real depth = static_cast<Real>(units) * m;
    // No face of the cell may fall dry by the half step.
    const Real least = depth - Real(0.5) * larger(std::fabs(x_depth), std::fabs(y_depth));
    const Real gain = -half_step * (u * x_depth + v * y_depth + depth * (x_u + y_v));
    const Real u_free = u - half_step * (u * x_u + v * y_u + g * x_surface);
    const Real v_free = v - half_step * (u * x_v + v * y_v + g * y_surface);
    const Real speed = std::sqrt(u_free * u_free + v_free * v_free);
    const Real slower = slowed(larger(depth, dry_m), speed, here.friction[i], half_s);
    const Real kept = units > dry ? slower : Real{0};
    *predicted.gain.at(i) = larger(gain, -least);
    *predicted.u.at(i) = u_free * kept;
    *predicted.v.at(i) = v_free * kept;
    *predicted.x_depth.at(i) = x_depth;
    *predicted.x_u.at(i) = x_u;
    *predicted.x_v.at(i) = x_v;
    *predicted.x_surface.at(i) = x_surface;
    *predicted.y_depth.at(i) = y_depth;
    *predicted.y_u.at(i) = y_u;
    *predicted.y_v.at(i) = y_v;
    *predicted.y_surface.at(i) = y_surface;
  }
}

template <bool second_order, typename Real>
KONTWIN_INLINE void flux_over(std::size_t count, const SideRow<Real>& before,
                              const SideRow<Real>& after, const FiniteVolumeStep<Real>& step,
                              FaceRow<Real>& faces) {
  const FiniteVolumeStep<Real> now = step;
  UnitsOf<Real>* const water = faces.water.at(0);
  Real* const for_before = faces.before.at(0);
  Real* const for_after = faces.after.at(0);
  Real* const across = faces.across.at(0);
  const std::size_t padded = whole_vectors(count);
#pragma GCC ivdep
  for (std::size_t i = 0; i < padded; ++i) {
    constexpr Real half = Real(0.5);
    const FaceSide<Real> from = side_at<second_order>(before, i, half);
    const FaceSide<Real> to = side_at<second_order>(after, i, -half);
    const Real climb = surface_climb<second_order>(before, after, i);
    const FaceFlux<Real> flux = face_flux(from, to, climb, now);
    water[i] = flux.water;
    for_before[i] = flux.before;
    for_after[i] = flux.after;
    across[i] = flux.across;
  }
}

template <bool second_order, typename Real>
KONTWIN_INLINE void move(std::size_t count, const StateRow<Real>& here,
                         const Arrivals<Real>& arrivals, const FiniteVolumeStep<Real>& now,
                         Real still_mps, const NextRow<Real>& next) {
  constexpr auto g = static_cast<Real>(gravity_mps2);
  constexpr Real m = metres_per_unit<Real>;
  using Units = UnitsOf<Real>;
  const FaceRow<Real>& x = *arrivals.left;
  const FaceRow<Real>& below = *arrivals.below;
  const FaceRow<Real>& above = *arrivals.above;
  Units* const wave = next.wave->at(0);
  Units* const moved = next.moved->at(0);
  const Units dry = now.dry;
  const Real push = g * now.per_cell;
  const std::size_t padded = whole_vectors(count);
#pragma GCC ivdep
  for (std::size_t k = 0; k < padded; ++k) {
    const auto i = static_cast<std::ptrdiff_t>(k);
    const Units before = here.depth[i];
    const Units change = wrapped_difference(
        wrapped_sum(wrapped_difference(*x.water.at(i), *x.water.at(i + 1)), *below.water.at(i)),
        *above.water.at(i));
    const Units depth = wrapped_sum(wrapped_sum(before, change), arrivals.rain[i]);
    const Real before_m = static_cast<Real>(before) * m;
    Real u = before_m * here.u[i] + (*x.after.at(i) - *x.before.at(i + 1)) +
             (*below.across.at(i) - *above.across.at(i));
    Real v = before_m * here.v[i] + (*below.after.at(i) - *above.before.at(i)) +
             (*x.across.at(i) - *x.across.at(i + 1));
    if constexpr (second_order) {
      const PredictedRow<Real>& p = *arrivals.predicted;
      const Real weight = push * (before_m + *p.gain.at(i));
      u -= weight * *p.x_surface.at(i);
      v -= weight * *p.y_surface.at(i);
    }
    const bool wet = depth > dry;
    const Real depth_m = static_cast<Real>(wet ? depth : dry) * m;
    const Real discharge = std::sqrt(u * u + v * v);
    const Real slower = slowed_over_depth(depth_m, discharge, here.friction[i], now.dt_s);
    const Real kept = wet ? slower : Real{0};
    u *= kept;
    v *= kept;
    next.depth[i] = depth;
    next.u[i] = u;
    next.v[i] = v;
    const Real sum = std::fabs(u) + std::fabs(v);
    const Real reach = sum + 2 * std::sqrt(g * depth_m);
    // In the order of their bits, in which not a number is more than any: it stays.
    wave[i] = larger(wave[i], wet ? std::bit_cast<Units>(reach) : Units{0});
    const Units any = (depth ^ before) | (sum > still_mps ? Units{1} : Units{0});
    moved[i] |= wet ? any : Units{0};
  }
}

template <typename Real>
KONTWIN_INLINE void show(std::size_t count, const StateRow<Real>& here, float* depth_m,
                         float* speed2) {
#pragma GCC ivdep
  for (std::size_t i = 0; i < count; ++i) {
    const Real u = here.u[i];
    const Real v = here.v[i];
    depth_m[i] = static_cast<float>(static_cast<Real>(here.depth[i]) * metres_per_unit<Real>);
    speed2[i] = static_cast<float>(u * u + v * v);
  }
}

template <typename Real>
KONTWIN_INLINE SeenOfTile see(std::size_t count, std::ptrdiff_t first,
                              const SeenOfRows<Real>& seen) {
  using Units = UnitsOf<Real>;
  const Units* const waves = seen.wave.at(first);
  const Units* const moved = seen.moved.at(first);
  Units wave = 0;
  Units any = 0;
  for (std::size_t i = 0; i < count; ++i) {
    wave = larger(wave, waves[i]);
    any |= moved[i];
  }
  return {.wave_mps = static_cast<double>(std::bit_cast<Real>(wave)), .moves = any != 0};
}

}  // namespace

#define KONTWIN_KERNELS(Real)                                                                     \
  KONTWIN_CLONES                                                                                  \
  void predict_row(std::size_t count, const StateRow<Real>& below, const StateRow<Real>& here,    \
                   const StateRow<Real>& above, const FiniteVolumeStep<Real>& now,                \
                   PredictedRow<Real>& predicted) {                                               \
    predict<Real>(count, below, here, above, now, predicted);                                     \
  }                                                                                               \
  KONTWIN_CLONES                                                                                  \
  void flux_left(std::size_t count, const StateRow<Real>& here,                                   \
                 const PredictedRow<Real>* predicted, const FiniteVolumeStep<Real>& now,          \
                 FaceRow<Real>& faces) {                                                          \
    const SideRow<Real> before = side_row<Real>(here, predicted, true, -1);                       \
    const SideRow<Real> after = side_row<Real>(here, predicted, true, 0);                         \
    if (predicted == nullptr) {                                                                   \
      flux_over<false, Real>(count, before, after, now, faces);                                   \
    } else {                                                                                      \
      flux_over<true, Real>(count, before, after, now, faces);                                    \
    }                                                                                             \
  }                                                                                               \
  KONTWIN_CLONES                                                                                  \
  void flux_below(std::size_t count, const StateRow<Real>& below, const StateRow<Real>& here,     \
                  const PredictedRow<Real>* predicted_below, const PredictedRow<Real>* predicted, \
                  const FiniteVolumeStep<Real>& now, FaceRow<Real>& faces) {                      \
    const SideRow<Real> before = side_row<Real>(below, predicted_below, false, 0);                \
    const SideRow<Real> after = side_row<Real>(here, predicted, false, 0);                        \
    if (predicted == nullptr) {                                                                   \
      flux_over<false, Real>(count, before, after, now, faces);                                   \
    } else {                                                                                      \
      flux_over<true, Real>(count, before, after, now, faces);                                    \
    }                                                                                             \
  }                                                                                               \
  KONTWIN_CLONES                                                                                  \
  void move_row(std::size_t count, const StateRow<Real>& here, const Arrivals<Real>& arrivals,    \
                const FiniteVolumeStep<Real>& now, Real still_mps, const NextRow<Real>& next) {   \
    if (arrivals.predicted == nullptr) {                                                          \
      move<false, Real>(count, here, arrivals, now, still_mps, next);                             \
    } else {                                                                                      \
      move<true, Real>(count, here, arrivals, now, still_mps, next);                              \
    }                                                                                             \
  }                                                                                               \
  KONTWIN_CLONES                                                                                  \
  void show_row(std::size_t count, const StateRow<Real>& here, float* depth_m, float* speed2) {   \
    show<Real>(count, here, depth_m, speed2);                                                     \
  }                                                                                               \
  KONTWIN_CLONES                                                                                  \
  SeenOfTile see_tile(std::size_t count, std::ptrdiff_t first, const SeenOfRows<Real>& seen) {    \
    /* Most tiles are whole: of a known width they take no loop. */                               \
    if (count == Tiling::columns) return see<Real>(Tiling::columns, first, seen);                 \
    return see<Real>(count, first, seen);                                                         \
  }

KONTWIN_KERNELS(float)
KONTWIN_KERNELS(double)

}  // namespace kontwin::flood
