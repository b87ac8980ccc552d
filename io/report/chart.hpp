#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kontwin {

/// A line chart over time or over a plain number.
struct Chart {
  struct Curve {
    std::string label;
    std::vector<std::pair<double, double>> points;  ///< x (seconds since the epoch over time), y
    bool measured = false;                          ///< drawn as dots: what was observed
  };
  /// A horizontal line with a name: an alarm level.
  struct Level {
    std::string label;
    double value = 0;
  };

  std::string title;
  std::string y_label;
  bool over_time = true;  ///< x axis in Vietnam's time
  std::vector<Curve> curves;
  std::vector<Level> levels;
};

/// Draws a chart as an SVG element to be put into a page. Throws Error when gnuplot is missing or
/// refuses (with its words). A curve without points is left out; a chart without any says so.
std::string chart_svg(const Chart& chart, unsigned width_px = 640, unsigned height_px = 340);

}  // namespace kontwin
