#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "twin/forcing.hpp"

namespace kontwin {

/// How much rain falls at most in how long, at one return period: a formula or points, as the
/// climate of a place gives them. No place's figures are built in.
class RainDepthCurve {
 public:
  /// Mean intensity a / (t + b)^n in mm/h, t in minutes. Throws ScenarioError where it does not
  /// fall with the duration, or rain would fall less in longer time.
  static RainDepthCurve of_formula(double a_mmph, double b_min, double n);
  /// The formula of TCVN 7957:2008 (Vietnam, drainage): A (1 + C lg P) / (t + b)^n in litres a
  /// second a hectare, P the return period in years.
  static RainDepthCurve of_tcvn_7957(double a, double c, double b_min, double n,
                                     double return_period_years);
  /// Minutes and millimetres, both rising, depths slower than in proportion; between two points,
  /// and beyond the ends, as a power of the duration.
  static RainDepthCurve of_points(std::vector<std::pair<double, double>> minutes_mm);

  /// The most rain of a duration, mm.
  double depth_mm(double minutes) const;

 private:
  double a_mmph_ = 0, b_min_ = 0, n_ = 0;
  std::vector<std::pair<double, double>> minutes_mm_;
};

/// How a design storm comes down.
struct DesignStorm {
  enum class Shape {
    /// The most intense block in the middle, the next ones after and before it by turns (Chow,
    /// Maidment and Mays 1988, Applied Hydrology, section 14.4).
    alternating_block,
    /// Every duration round the peak has its most rain; a share `peak` of it before (Keifer and Chu
    /// 1957, J. Hydraul. Div. ASCE 83(HY4)).
    chicago,
  };
  Shape shape = Shape::alternating_block;
  Instant start;
  double duration_min = 1440;
  double step_min = 10;    ///< of the blocks; the duration is a whole number of them
  double peak = 0.4;       ///< of Chicago's storm, above 0 and below 1
  double area_factor = 1;  ///< areal reduction of a point's rain, above 0 to 1
};

/// The storm as a series of mm/h, each block held until the next, 0 after the last. All of
/// curve.depth_mm(duration) x area_factor falls. Throws ScenarioError for numbers out of range.
TimeSeries design_storm(const DesignStorm& storm, const RainDepthCurve& curve);

}  // namespace kontwin
