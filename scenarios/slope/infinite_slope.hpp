#pragma once

#include <algorithm>

namespace kontwin::slope {

constexpr double water_weight_knpm3 = 9.80665;  ///< 1000 kg/m³ times standard gravity

/// A slab of soil on a long even slope.
struct Slab {
  double slope_rad = 0;  ///< above 0, below a right angle
  double depth_m = 0;    ///< vertical, of the sliding surface
  double unit_weight_knpm3 = 20;
};

/// Factor of safety FS = tan(phi)/tan(slope) + (c - head gamma_w tan(phi)) / (gamma_s Z sin cos) of
/// an infinite slope (Iverson 2000, equations 28; Taylor 1948): resisting over driving stress on
/// a surface at depth Z, where the water's pressure head is `head_m` (no suction is counted: a
/// negative head is 0). Friction never pushes: its part is 0 or more.
double factor_of_safety(const Slab& slab, double cohesion_kpa, double tan_friction, double head_m);

/// What of a slab's balance does not change while water comes and goes.
struct SlabTerms {
  double cotangent = 0;         ///< of the slope
  double per_driving_pkpa = 0;  ///< one over the driving stress
  double largest_head_m = 0;    ///< the water table at the surface, flow along it: Z cos²(slope)
};
SlabTerms terms_of(const Slab& slab);

/// What the two strengths contribute: FS = tan(phi) * friction + c * cohesion_pkpa.
struct Resistance {
  double friction = 0;
  double cohesion_pkpa = 0;
};
inline Resistance resistance(const SlabTerms& terms, double head_m) {
  const double friction =
      terms.cotangent - std::max(head_m, 0.0) * water_weight_knpm3 * terms.per_driving_pkpa;
  return {std::max(friction, 0.0), terms.per_driving_pkpa};
}

/// P(FS < 1) where cohesion and tan(phi) are independent and normal: FS is then normal too, so the
/// first-order second-moment method (Cornell 1969) is exact.
double failure_probability(double mean_safety, double deviation_of_safety);

/// P(FS >= 1), precise where it is small.
double survival_probability(double mean_safety, double deviation_of_safety);

}  // namespace kontwin::slope
