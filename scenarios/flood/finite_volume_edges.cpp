#include "scenarios/flood/finite_volume_edges.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::flood {

namespace {

/// Ground that falls less than this at the grid's edge counts as level.
constexpr double level_slope = 1e-5;

double wave_mps(double depth_m) { return std::sqrt(gravity_mps2 * depth_m); }

RiemannFlux<double> closed(const EdgeView& inside) {
  const auto flux =
      riemann_flux(inside.depth_m, inside.outwards_mps, inside.depth_m, -inside.outwards_mps);
  return {.water = 0, .push = flux.push};
}

RiemannFlux<double> as_it_comes(const EdgeView& inside) {
  if (inside.outwards_mps <= 0) return closed(inside);
  const double q = inside.depth_m * inside.outwards_mps;
  return {.water = q, .push = q * inside.outwards_mps};
}

RiemannFlux<double> down_slope(double slope, const EdgeView& inside) {
  if (slope < 0) return closed(inside);
  // On level ground the water's own fall drives it; elsewhere that would draw it down without end.
  if (slope < level_slope) slope = std::max(slope, inside.own_slope);
  if (slope <= 0) return closed(inside);
  const double h = inside.depth_m;
  // Water that comes faster than waves knows nothing of what is outside.
  if (inside.outwards_mps > wave_mps(h)) return as_it_comes(inside);
  const double critical = h * wave_mps(h);
  const double n = std::sqrt(inside.friction / gravity_mps2);
  const double normal = n > 0 ? h * std::cbrt(h * h) * std::sqrt(slope) / n : critical;
  const double q = std::min(normal, critical);
  return {.water = q, .push = q * q / h};
}

RiemannFlux<double> at_stage(double stage_m, const EdgeView& inside) {
  const double c = wave_mps(inside.depth_m);
  if (inside.outwards_mps > c) return as_it_comes(inside);
  const double outside_m = std::max(stage_m - inside.ground_m, 0.0);
  const double outside_c = wave_mps(outside_m);
  // Neither in nor out does a stage drive water faster than waves.
  const double u = std::clamp(inside.outwards_mps + 2 * (c - outside_c), -outside_c, outside_c);
  const double q = outside_m * u;
  return {.water = q,
          .push = q * u +
                  gravity_mps2 / 2 * (outside_m - inside.depth_m) * (outside_m + inside.depth_m)};
}

/// The depth at which q comes in while u + 2 c on the way out is that of the water inside.
double inflow_depth_m(double q, const EdgeView& inside) {
  const double invariant = inside.outwards_mps + 2 * wave_mps(inside.depth_m);
  const double critical_m = std::cbrt(q * q / gravity_mps2);
  double low_m = critical_m;
  double high_m = std::max(2 * critical_m, 1e-6);
  const auto excess = [&](double h) { return 2 * wave_mps(h) - q / h - invariant; };
  if (excess(low_m) >= 0) return critical_m;
  while (excess(high_m) < 0) high_m *= 2;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle_m = (low_m + high_m) / 2;
    (excess(middle_m) < 0 ? low_m : high_m) = middle_m;
  }
  return high_m;
}

RiemannFlux<double> comes_in(const EdgeCondition& condition, const EdgeView& inside) {
  const double q = condition.discharge_m2ps;
  if (q <= 0) return closed(inside);
  const double h =
      condition.inflow_depth_m > 0 ? condition.inflow_depth_m : inflow_depth_m(q, inside);
  return {.water = -q,
          .push = q * q / h + gravity_mps2 / 2 * (h - inside.depth_m) * (h + inside.depth_m)};
}

}  // namespace

RiemannFlux<double> edge_flux(const EdgeCondition& condition, const EdgeView& inside) {
  using enum EdgeCondition::Kind;
  const bool dry = inside.depth_m <= 0;
  switch (condition.kind) {
    case stage:
      return at_stage(condition.stage_m, inside);
    case discharge:
      return comes_in(condition, inside);
    case slope:
      return dry ? RiemannFlux<double>{} : down_slope(condition.slope, inside);
    case transmissive:
      return dry ? RiemannFlux<double>{} : as_it_comes(inside);
    case closed:
      break;
  }
  return dry ? RiemannFlux<double>{} : flood::closed(inside);
}

}  // namespace kontwin::flood
