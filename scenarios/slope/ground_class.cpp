#include "scenarios/slope/ground_class.hpp"

#include <cmath>

namespace kontwin::slope {

GroundClass ground_class_of(double manning_n) {
  constexpr std::array roughness{0.03, 0.045, 0.06, 0.07, 0.10};
  if (!std::isfinite(manning_n)) return GroundClass::scrub;
  std::size_t nearest = 0;
  for (std::size_t i = 1; i < roughness.size(); ++i) {
    if (std::abs(manning_n - roughness[i]) < std::abs(manning_n - roughness[nearest])) nearest = i;
  }
  return static_cast<GroundClass>(nearest);
}

}  // namespace kontwin::slope
