#pragma once

#include <vector>

namespace kontwin::validation {

/// The shallow water equations round a point on level ground, in rings: first order, fluxes of
/// Harten, Lax and van Leer (1983), Manning friction at the end of the step. A reference for what
/// spreads in all directions, of nothing but its formulas.
class RadialFlood {
 public:
  /// Dry; water comes in evenly within `source_m` of the middle.
  RadialFlood(double radius_m, double ring_m, double manning_n, double source_m);
  void advance(double seconds, double discharge_m3ps);
  double depth_m(double away_m) const;

 private:
  double ring_m_, manning_n_;
  std::size_t source_rings_;
  std::vector<double> depth_m_, flow_m2ps_;  // [ring]
};

}  // namespace kontwin::validation
