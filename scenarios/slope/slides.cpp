#include "scenarios/slope/slides.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "twin/random.hpp"

namespace kontwin::slope {

namespace {

constexpr std::uint64_t purpose = 0x534C4944;  // of the random stream

/// Gamma variate with a shape of 1 or more and scale 1 (Marsaglia and Tsang 2000, ACM TOMS 26(3)).
double draw_gamma(double shape, RandomStream& random) {
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = random.normal();
    const double v = std::pow(1 + c * x, 3);
    if (v <= 0) continue;
    if (std::log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

}  // namespace

Slide draw_slide(std::uint64_t seed, std::uint32_t road) {
  RandomStream random(seed, road, purpose);
  const double area_m2 = 1e6 * (1.28e-3 / draw_gamma(1.40, random) - 1.32e-4);
  Slide slide{std::clamp(area_m2, 50.0, 1e4), 0};
  slide.volume_m3 = 0.074 * std::pow(slide.area_m2, 1.450);
  return slide;
}

double clearing_h(double volume_m3, const SlopeOptions& options) {
  if (!(options.clearing_m3ph > 0)) return std::numeric_limits<double>::infinity();
  return options.clearing_start_h + options.clearing_share * volume_m3 / options.clearing_m3ph;
}

}  // namespace kontwin::slope
