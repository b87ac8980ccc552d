#include "scenarios/slope/ground_motion.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kontwin::slope {

namespace {

constexpr double standard_gravity_cmps2 = 980.665;
constexpr double reference_vs30_mps = 760;

/// Boore et al.'s PGA on ground of 760 m/s.
double boore_rock_g(double magnitude, double joyner_boore_km) {
  constexpr double hinge = 5.5;
  const double above = magnitude - hinge;
  const double source =
      above <= 0 ? 0.4473 + 1.431 * above + 0.05053 * above * above : 0.4473 - 0.1662 * above;
  const double r_km = std::hypot(joyner_boore_km, 4.5);
  const double path = (-1.134 + 0.1917 * (magnitude - 4.5)) * std::log(r_km) - 0.00809 * (r_km - 1);
  return std::exp(source + path);
}

}  // namespace

double atkinson_2015_g(double magnitude, double hypocentral_km) {
  const double effective_km = std::max(1.0, std::pow(10.0, -0.28 + 0.19 * magnitude));
  const double r_km = std::hypot(hypocentral_km, effective_km);
  const double log_cmps2 = -2.376 + 1.818 * magnitude - 0.1153 * magnitude * magnitude -
                           1.752 * std::log10(r_km) - 0.002 * r_km;
  return std::pow(10.0, log_cmps2) / standard_gravity_cmps2;
}

double boore_2014_g(double magnitude, double joyner_boore_km, double vs30_mps) {
  const double rock_g = boore_rock_g(magnitude, joyner_boore_km);
  return rock_g * site_factor(vs30_mps, rock_g);
}

double site_factor(double vs30_mps, double rock_g) {
  const double linear = -0.6 * std::log(std::min(vs30_mps, 1500.0) / reference_vs30_mps);
  const double strength =
      -0.15 * (std::exp(-0.00701 * (std::min(vs30_mps, reference_vs30_mps) - 360)) -
               std::exp(-0.00701 * (reference_vs30_mps - 360)));
  return std::exp(linear + strength * std::log((rock_g + 0.1) / 0.1));
}

double vs30_from_slope(double rise_over_run) {
  struct Limit {
    double slope, vs30_mps;
  };
  constexpr std::array<Limit, 7> limits{{{3.0e-4, 180},
                                         {3.5e-3, 240},
                                         {0.010, 300},
                                         {0.018, 360},
                                         {0.05, 490},
                                         {0.10, 620},
                                         {0.14, 760}}};
  if (!(rise_over_run > limits.front().slope)) return limits.front().vs30_mps;
  std::size_t upper = 1;
  while (upper + 1 < limits.size() && rise_over_run > limits[upper].slope) ++upper;
  const Limit& low = limits[upper - 1];
  const Limit& high = limits[upper];
  const double share = std::log(rise_over_run / low.slope) / std::log(high.slope / low.slope);
  return std::min(900.0, low.vs30_mps * std::pow(high.vs30_mps / low.vs30_mps, share));
}

double regional_slope(const Terrain& terrain, LocalPoint point) {
  constexpr double half_m = 450;
  const double east = terrain.elevation_m({point.x_m + half_m, point.y_m}) -
                      terrain.elevation_m({point.x_m - half_m, point.y_m});
  const double north = terrain.elevation_m({point.x_m, point.y_m + half_m}) -
                       terrain.elevation_m({point.x_m, point.y_m - half_m});
  return std::hypot(east, north) / (2 * half_m);
}

}  // namespace kontwin::slope
