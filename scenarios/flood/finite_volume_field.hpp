#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/flood/column_allocator.hpp"
#include "scenarios/flood/finite_volume_rows.hpp"
#include "twin/raster.hpp"

namespace kontwin::flood {

/// A number of depth units too large for 64 bits, exact.
template <typename Real>
struct UnitSum {
  std::int64_t metres = 0, units = 0;

  void add(std::int64_t more) {
    constexpr auto per_m = static_cast<std::int64_t>(DepthCount<Real>::per_m);
    units += more;
    metres += units / per_m;
    units %= per_m;
  }
  double in_metres() const {
    return static_cast<double>(metres) + static_cast<double>(units) / DepthCount<Real>::per_m;
  }
};

/// The water and the ground of a grid as columns, with a rim of cells round it that hold what the
/// grid's edge looks like from inside.
template <typename Real>
struct FiniteVolumeField {
  static constexpr std::size_t rim_columns = row_lead;
  static constexpr std::size_t rim_rows = 2;
  /// Rows of the grid begin where a vector does.
  template <typename Value>
  using Column = std::vector<Value, ColumnAllocator<Value>>;

  explicit FiniteVolumeField(const GridShape& grid)
      : shape(grid), stride((grid.columns + row_lead - 1) / row_lead * row_lead + 2 * rim_columns) {
    const std::size_t size = stride * (grid.rows + 2 * rim_rows);
    depth.assign(size, 0);
    next_depth.assign(size, 0);
    for (auto* array : {&u, &v, &next_u, &next_v, &ground, &friction}) array->assign(size, 0);
  }

  std::size_t inner(std::size_t column, std::size_t row) const {
    return (row + rim_rows) * stride + rim_columns + column;
  }
  std::size_t inner(std::size_t cell) const {
    return inner(cell % shape.columns, cell / shape.columns);
  }
  /// The row of cells that begins at an inner index.
  StateRow<Real> row_at(std::size_t first) const {
    return {&depth[first], &u[first], &v[first], &ground[first], &friction[first]};
  }

  GridShape shape;
  std::size_t stride;
  Column<UnitsOf<Real>> depth, next_depth;
  Column<Real> u, v, next_u, next_v;
  Column<Real> ground, friction;  ///< m; g n²
};

}  // namespace kontwin::flood
