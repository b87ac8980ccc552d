#include "scenarios/slope/newmark.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::slope {

double critical_acceleration_g(double factor_of_safety, double slope_rad) {
  return std::max(0.0, (factor_of_safety - 1) * std::sin(slope_rad));
}

double newmark_displacement_cm(double critical_g, double peak_g, double magnitude) {
  if (!(peak_g > critical_g)) return 0;
  const double ratio = std::max(critical_g / peak_g, 1e-3);
  return std::pow(10.0, -2.710 + 0.424 * magnitude) * std::pow(1 - ratio, 2.335) *
         std::pow(ratio, -1.478);
}

double failure_share(double displacement_cm) {
  return 0.335 * (1 - std::exp(-0.048 * std::pow(std::max(displacement_cm, 0.0), 1.565)));
}

}  // namespace kontwin::slope
