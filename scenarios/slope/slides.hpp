#pragma once

#include <cstdint>

#include "scenarios/slope/slope_options.hpp"

namespace kontwin::slope {

/// A landslide on a road.
struct Slide {
  double area_m2 = 0;
  double volume_m3 = 0;
};

/// Draws a slide: its area from the inverse gamma distribution that Malamud, Turcotte, Guzzetti and
/// Reichenbach (2004, Earth Surf. Process. Landforms 29) found for three inventories of triggered
/// landslides (rho 1.40, a 1.28e-3 km², s -1.32e-4 km²), held to 50 m² to 1 ha, about
/// what has room between a road and the slope 100 m from it; its volume 0.074
/// A^1.450 (Guzzetti et al. 2009, Earth Planet. Sci. Lett. 279). The same seed and road: the same.
Slide draw_slide(std::uint64_t seed, std::uint32_t road);

/// How long a road stays blocked (h): until machines are there, and until they have moved what has
/// to be moved for one way through. Infinite where nothing is cleared.
double clearing_h(double volume_m3, const SlopeOptions& options);

}  // namespace kontwin::slope
