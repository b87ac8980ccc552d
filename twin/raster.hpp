#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "twin/geometry.hpp"

namespace kontwin {

/// Where the cells of a square grid lie in the local frame. Row 0 is the southernmost; cell (0, 0)
/// has its lower left corner at (`left_m`, `bottom_m`).
struct GridShape {
  double left_m = 0;
  double bottom_m = 0;
  double cell_m = 1;
  std::size_t columns = 0;
  std::size_t rows = 0;

  std::size_t cells() const { return columns * rows; }
  std::size_t at(std::size_t column, std::size_t row) const { return row * columns + column; }
  LocalPoint center(std::size_t column, std::size_t row) const {
    return {left_m + (static_cast<double>(column) + 0.5) * cell_m,
            bottom_m + (static_cast<double>(row) + 0.5) * cell_m};
  }
  LocalBox box() const {
    return {left_m, bottom_m, left_m + static_cast<double>(columns) * cell_m,
            bottom_m + static_cast<double>(rows) * cell_m};
  }
  bool contains(LocalPoint point) const {
    return point.x_m >= left_m && point.y_m >= bottom_m && point.x_m < box().max_x_m &&
           point.y_m < box().max_y_m;
  }
  /// The cell that holds `point`, which must be contained.
  std::size_t cell_of(LocalPoint point) const {
    return at(static_cast<std::size_t>((point.x_m - left_m) / cell_m),
              static_cast<std::size_t>((point.y_m - bottom_m) / cell_m));
  }
  friend bool operator==(const GridShape&, const GridShape&) = default;
};

/// A value for each cell of a grid, row by row from the south.
template <typename Value>
struct Raster {
  GridShape shape;
  std::vector<Value> values;

  Raster() = default;
  explicit Raster(GridShape grid, Value fill = Value{}) : shape(grid), values(grid.cells(), fill) {}

  Value& at(std::size_t column, std::size_t row) { return values[shape.at(column, row)]; }
  const Value& at(std::size_t column, std::size_t row) const {
    return values[shape.at(column, row)];
  }
};

/// The four cells whose centres lie round a point, and how far from the western to the eastern and
/// from the southern to the northern centres it lies, 0 to 1.
struct CellSquare {
  std::size_t west = 0;   ///< column
  std::size_t east = 0;   ///< column
  std::size_t south = 0;  ///< row
  std::size_t north = 0;  ///< row
  double eastward = 0;
  double northward = 0;
};

/// The square of centres round `point`, the point held to the grid.
CellSquare centres_around(const GridShape& shape, LocalPoint point);

/// The value at `point` between the four nearest cell centres (bilinear), the point held to the
/// grid.
double interpolate(const Raster<float>& raster, LocalPoint point);

}  // namespace kontwin
