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

  std::string title_vi;
  std::string title_en;
  std::string unit;       ///< as unit_text() knows it
  bool over_time = true;  ///< x axis in Vietnam's time
  std::vector<Curve> curves;
  std::vector<Level> levels;
};

/// False when no curve has a point: there is nothing to draw.
bool has_points(const Chart& chart);

/// Draws the curves, levels and axes of a chart as an SVG element to be put into a page; titles and
/// the key are the page's. A curve without points is left out; curves that lie on each other get
/// thinner from the first to the last, so that all are seen. Throws Error when gnuplot is missing
/// or refuses (with its words), and when there is nothing to draw.
std::string chart_svg(const Chart& chart, unsigned width_px = 520, unsigned height_px = 290);

/// The colour of a curve by its position, `#1f6fb2`; what was measured is black. Told apart by
/// people who see no red or no green as well (after Okabe and Ito 2008).
const char* curve_colour(std::size_t curve, bool measured = false);

}  // namespace kontwin
