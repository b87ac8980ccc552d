#include "scenarios/flood/barrier.hpp"

#include <algorithm>
#include <cmath>

#include "twin/error.hpp"

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

}  // namespace

namespace {

/// On one grid of the water; how many walls that makes.
std::size_t build_on(std::size_t number, const AddBarrier& barrier, ShallowWaterSolver& solver) {
  const GridShape& grid = solver.grid(number).shape();
  const std::size_t first_cell = solver.first_cell(number);
  // A line through cell centres would lie on neither side of them: it is moved by a hair.
  const auto moved = [&grid](LocalPoint point) {
    return LocalPoint{point.x_m + 1.3e-5 * grid.cell_m, point.y_m + 0.7e-5 * grid.cell_m};
  };
  std::size_t walls = 0;
  for (std::size_t i = 1; i < barrier.line.size(); ++i) {
    const LocalPoint a = moved(barrier.line[i - 1]);
    const LocalPoint b = moved(barrier.line[i]);
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
        const std::size_t cell = first_cell + grid.at(column, row);
        const LocalPoint center = grid.center(column, row);
        const auto top_m = [&](std::size_t other) {
          return std::max(solver.ground_m(cell), solver.ground_m(other)) + barrier.height_m;
        };
        const auto under_inset = [&](std::size_t other) {
          return solver.covered(cell) || solver.covered(other);  // else at a seam
        };
        if (column > 0 && !under_inset(cell - 1) &&
            cross(a, b, grid.center(column - 1, row), center)) {
          solver.wall_at_left(cell, top_m(cell - 1));
          ++walls;
        }
        if (row > 0 && !under_inset(cell - grid.columns) &&
            cross(a, b, grid.center(column, row - 1), center)) {
          solver.wall_below(cell, top_m(cell - grid.columns));
          ++walls;
        }
      }
    }
  }
  return walls;
}

/// Where grids meet.
std::size_t build_at_seams(const AddBarrier& barrier, ShallowWaterSolver& solver) {
  std::size_t walls = 0;
  const auto seams = solver.seams();
  for (std::size_t i = 0; i < seams.size(); ++i) {
    const auto& seam = seams[i];
    const double top_m =
        std::max(solver.ground_m(seam.outer), solver.ground_m(seam.inner)) + barrier.height_m;
    for (std::size_t point = 1; point < barrier.line.size(); ++point) {
      if (!cross(barrier.line[point - 1], barrier.line[point], seam.outer_center,
                 seam.inner_center)) {
        continue;
      }
      solver.wall_at_seam(i, top_m);
      ++walls;
    }
  }
  return walls;
}

}  // namespace

void build_barrier(const AddBarrier& barrier, ShallowWaterSolver& solver) {
  if (barrier.line.size() < 2) throw ScenarioError("add_barrier: a line needs two points");
  if (!(barrier.height_m > 0) || !std::isfinite(barrier.height_m)) {
    throw ScenarioError("add_barrier: the height " + std::to_string(barrier.height_m) +
                        " m is not above 0");
  }
  std::size_t walls = build_at_seams(barrier, solver);
  for (std::size_t number = 0; number < solver.grids(); ++number) {
    walls += build_on(number, barrier, solver);
  }
  if (walls == 0) {
    throw ScenarioError("add_barrier: the line separates no cells of the flood grid");
  }
}

}  // namespace kontwin::flood
