#include "scenarios/flood/storage_curve.hpp"

#include <algorithm>

namespace kontwin::flood {

namespace {

using Points = std::vector<std::pair<double, double>>;

/// The end of the piece that holds `value`, by the member that is asked for.
template <typename Member>
std::size_t piece_of(const Points& points, double value, Member member) {
  const auto after = std::ranges::upper_bound(points, value, {}, member);
  return static_cast<std::size_t>(std::clamp(after, points.begin() + 1, points.end() - 1) -
                                  points.begin());
}

}  // namespace

double StorageCurve::volume_m3(double level_m) const {
  const std::size_t i = piece_of(points_, level_m, &Points::value_type::first);
  const auto& [low_m, less_m3] = points_[i - 1];
  const auto& [high_m, more_m3] = points_[i];
  return std::max(less_m3 + (level_m - low_m) / (high_m - low_m) * (more_m3 - less_m3), 0.0);
}

double StorageCurve::level_m(double volume_m3) const {
  const std::size_t i = piece_of(points_, volume_m3, &Points::value_type::second);
  const auto& [low_m, less_m3] = points_[i - 1];
  const auto& [high_m, more_m3] = points_[i];
  return low_m + (volume_m3 - less_m3) / (more_m3 - less_m3) * (high_m - low_m);
}

double table_value(const Points& table, double x) {
  if (x <= table.front().first) return table.front().second;
  if (x >= table.back().first) return table.back().second;
  const std::size_t i = piece_of(table, x, &Points::value_type::first);
  const auto& [x0, y0] = table[i - 1];
  const auto& [x1, y1] = table[i];
  return y0 + (x - x0) / (x1 - x0) * (y1 - y0);
}

}  // namespace kontwin::flood
