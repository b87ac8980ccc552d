#include "scenarios/flood/line_faces.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kontwin::flood {

namespace {

double side_of(LocalPoint from, LocalPoint to, LocalPoint point) {
  return (to.x_m - from.x_m) * (point.y_m - from.y_m) -
         (to.y_m - from.y_m) * (point.x_m - from.x_m);
}

bool cross(LocalPoint a, LocalPoint b, LocalPoint c, LocalPoint d) {
  return (side_of(a, b, c) > 0) != (side_of(a, b, d) > 0) &&
         (side_of(c, d, a) > 0) != (side_of(c, d, b) > 0);
}

/// Where the line from a to b meets that from c to d, which it crosses, metres from a.
double meets_at_m(LocalPoint a, LocalPoint b, LocalPoint c, LocalPoint d) {
  const double before = side_of(c, d, a);
  const double after = side_of(c, d, b);
  return distance_m(a, b) * before / (before - after);
}

}  // namespace

std::vector<LineFace> faces_across(std::span<const LocalPoint> line, const GridShape& grid) {
  // A line through cell centres would lie on neither side of them: it is moved by a hair.
  const auto moved = [&grid](LocalPoint point) {
    return LocalPoint{point.x_m + 1.3e-5 * grid.cell_m, point.y_m + 0.7e-5 * grid.cell_m};
  };
  std::vector<LineFace> faces;
  double before_m = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const LocalPoint a = moved(line[i - 1]);
    const LocalPoint b = moved(line[i]);
    const auto cell_range = [&grid](double low_m, double high_m, double origin_m,
                                    std::size_t count) {
      const double first = std::floor((low_m - origin_m) / grid.cell_m) - 1;
      const double last = std::floor((high_m - origin_m) / grid.cell_m) + 1;
      const auto most = static_cast<double>(count);
      return std::pair{static_cast<std::size_t>(std::clamp(first, 0.0, most)),
                       static_cast<std::size_t>(std::clamp(last + 1, 0.0, most))};
    };
    const auto [first_column, end_column] =
        cell_range(std::min(a.x_m, b.x_m), std::max(a.x_m, b.x_m), grid.left_m, grid.columns);
    const auto [first_row, end_row] =
        cell_range(std::min(a.y_m, b.y_m), std::max(a.y_m, b.y_m), grid.bottom_m, grid.rows);
    for (std::size_t row = first_row; row < end_row; ++row) {
      for (std::size_t column = first_column; column < end_column; ++column) {
        const std::size_t cell = grid.at(column, row);
        const LocalPoint center = grid.center(column, row);
        const auto look = [&](LocalPoint other, std::size_t other_cell, bool at_left) {
          if (!cross(a, b, other, center)) return;
          faces.push_back({cell, other_cell, at_left, before_m + meets_at_m(a, b, other, center)});
        };
        if (column > 0) look(grid.center(column - 1, row), cell - 1, true);
        if (row > 0) look(grid.center(column, row - 1), cell - grid.columns, false);
      }
    }
    before_m += distance_m(a, b);
  }
  return faces;
}

bool passes_between(std::span<const LocalPoint> line, LocalPoint one, LocalPoint other) {
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (cross(line[i - 1], line[i], one, other)) return true;
  }
  return false;
}

}  // namespace kontwin::flood
