#include "scenarios/flood/water_window.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace kontwin::flood {

namespace {

/// The first cell that begins at or after `from_m` and the cell behind the last that ends by
/// `to_m`, along one side of a grid.
std::pair<std::size_t, std::size_t> cells_in(double from_m, double to_m, double origin_m,
                                             double cell_m, std::size_t count) {
  const auto limit = static_cast<double>(count);
  const double first = std::clamp(std::ceil((from_m - origin_m) / cell_m), 0.0, limit);
  const double end = std::clamp(std::floor((to_m - origin_m) / cell_m), first, limit);
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(end)};
}

}  // namespace

std::optional<WaterWindow> water_window(const FloodGrids& grids, const ShallowWaterSolver& solver,
                                        std::span<const float> depth_m, const LocalBox& box) {
  const LocalPoint middle{(box.min_x_m + box.max_x_m) / 2, (box.min_y_m + box.max_y_m) / 2};
  const std::size_t number = grids.finest_at(middle);
  if (number == grids.size()) return std::nullopt;
  const GridShape& grid = grids.shape(number);
  const auto [left, right] =
      cells_in(box.min_x_m, box.max_x_m, grid.left_m, grid.cell_m, grid.columns);
  const auto [bottom, top] =
      cells_in(box.min_y_m, box.max_y_m, grid.bottom_m, grid.cell_m, grid.rows);
  if (right - left < 2 || top - bottom < 2) return std::nullopt;

  const GridShape shape{.left_m = grid.left_m + static_cast<double>(left) * grid.cell_m,
                        .bottom_m = grid.bottom_m + static_cast<double>(bottom) * grid.cell_m,
                        .cell_m = grid.cell_m,
                        .columns = right - left,
                        .rows = top - bottom};
  WaterWindow window{Raster<float>(shape), Raster<float>(shape), Raster<float>(shape),
                     Raster<float>(shape)};
  const std::size_t first = grids.first_cell(number);
  bool wet = false;
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const std::size_t cell = first + grid.at(left + column, bottom + row);
      window.ground_m.at(column, row) = static_cast<float>(solver.ground_m(cell));
      window.depth_m.at(column, row) = depth_m[cell];
      wet = wet || depth_m[cell] > 0;
    }
  }
  if (!wet) return std::nullopt;
  std::vector<float> east_mps(depth_m.size()), north_mps(depth_m.size());
  solver.copy_velocities(east_mps, north_mps);
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const std::size_t cell = first + grid.at(left + column, bottom + row);
      window.east_mps.at(column, row) = east_mps[cell];
      window.north_mps.at(column, row) = north_mps[cell];
    }
  }
  return window;
}

}  // namespace kontwin::flood
