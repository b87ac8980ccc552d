#pragma once

#include <utility>
#include <vector>

namespace kontwin::flood {

/// How much water a reservoir holds at a level: straight between the points of its table, and on
/// beyond them as between the two nearest; never below 0 m³.
class StorageCurve {
 public:
  StorageCurve() = default;
  /// At least two points, both numbers rising.
  explicit StorageCurve(std::vector<std::pair<double, double>> level_m_volume_m3)
      : points_(std::move(level_m_volume_m3)) {}

  bool known() const { return points_.size() >= 2; }
  double volume_m3(double level_m) const;
  double level_m(double volume_m3) const;
  double lowest_m() const { return points_.front().first; }

 private:
  std::vector<std::pair<double, double>> points_;
};

/// The value of a table at `x`: straight between its points, held beyond them.
double table_value(const std::vector<std::pair<double, double>>& table, double x);

}  // namespace kontwin::flood
