#include "scenarios/slope/infinite_slope.hpp"

#include <cmath>
#include <numbers>

namespace kontwin::slope {

SlabTerms terms_of(const Slab& slab) {
  const double cosine = std::cos(slab.slope_rad);
  const double driving_kpa =
      slab.unit_weight_knpm3 * slab.depth_m * std::sin(slab.slope_rad) * cosine;
  return {1 / std::tan(slab.slope_rad), 1 / driving_kpa, slab.depth_m * cosine * cosine};
}

double factor_of_safety(const Slab& slab, double cohesion_kpa, double tan_friction, double head_m) {
  const Resistance of = resistance(terms_of(slab), head_m);
  return tan_friction * of.friction + cohesion_kpa * of.cohesion_pkpa;
}

double failure_probability(double mean_safety, double deviation_of_safety) {
  if (!(deviation_of_safety > 0)) return mean_safety < 1 ? 1 : 0;
  return 0.5 * std::erfc((mean_safety - 1) / (deviation_of_safety * std::numbers::sqrt2));
}

double survival_probability(double mean_safety, double deviation_of_safety) {
  if (!(deviation_of_safety > 0)) return mean_safety < 1 ? 0 : 1;
  return 0.5 * std::erfc((1 - mean_safety) / (deviation_of_safety * std::numbers::sqrt2));
}

}  // namespace kontwin::slope
