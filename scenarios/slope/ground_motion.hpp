#pragma once

#include "twin/terrain.hpp"

namespace kontwin::slope {

/// Median peak ground acceleration (g) of Atkinson (2015, Bull. Seism. Soc. Am. 105(2)), for small
/// to moderate earthquakes close by, such as reservoirs set off: magnitude 3 to 6, hypocentral
/// distance up to 40 km, on ground of 760 m/s; with the corrected coefficients and the effective
/// depth that the author prefers, max(1, 10^(-0.28 + 0.19 M)) km. Beyond its range it extrapolates.
double atkinson_2015_g(double magnitude, double hypocentral_km);

/// Median peak ground acceleration (g) of Boore, Stewart, Seyhan and Atkinson (2014, Earthquake
/// Spectra 30(3)), fault type not specified, global attenuation, no basin: magnitude 3 to 8.5,
/// Joyner and Boore's distance up to 400 km, `vs30_mps` 150 to 1500.
double boore_2014_g(double magnitude, double joyner_boore_km, double vs30_mps);

/// What ground of `vs30_mps` makes of `rock_g` on 760 m/s: the site term of Boore et al. (2014;
/// Seyhan and Stewart 2014), which is less than linear where shaking is strong.
double site_factor(double vs30_mps, double rock_g);

/// Mean shear wave speed of the top 30 m (m/s) from the slope of the ground as a ratio, by Wald and
/// Allen (2007), in the revised classes for active regions of Allen and Wald (2009, Bull. Seism.
/// Soc. Am. 99(2A)), between class limits straight in logarithms; 180 to 900.
double vs30_from_slope(double rise_over_run);

/// The slope at a point as those authors see it: over 30 arc-seconds, about 900 m.
double regional_slope(const Terrain& terrain, LocalPoint point);

}  // namespace kontwin::slope
