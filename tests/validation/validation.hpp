#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kontwin::validation {

/// What a case is and where its reference was published.
struct Case {
  std::string engine;  ///< `flood`, `traffic`, `evacuation`, `slope`
  std::string name;    ///< `Lake at rest over an emergent island`
  std::string unit;    ///< of the measured value; empty for a plain ratio
  std::string source;  ///< author, year and title, or the standard
};

/// Expects `measured` to be `bar` or less (an error norm, a drift), and puts it in the report.
void expect_at_most(const Case& which, double measured, double bar);

/// Expects `measured` to be `bar` or more (an order of convergence), and puts it in the report.
void expect_at_least(const Case& which, double measured, double bar);

/// Expects `measured` to lie within `relative_tolerance` of `reference`, and puts it in the report.
void expect_within(const Case& which, double measured, double reference, double relative_tolerance);

/// One curve of a plot: points (x, y), drawn as a line or as points.
struct Curve {
  std::string label;
  std::vector<std::pair<double, double>> points;
  bool line = true;
};

/// Puts a plot beside the cases of `engine`; `file` is its name without folder or ending.
void plot(const std::string& engine, const std::string& file, const std::string& title,
          const std::string& x_label, const std::string& y_label, const std::vector<Curve>& curves);

}  // namespace kontwin::validation
