#include "scenarios/flood/barrier.hpp"

#include <algorithm>
#include <cmath>

#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

/// On one grid of the water, apart from cells under insets; how many walls that makes.
std::size_t raise_on(std::size_t number, std::span<const LocalPoint> line, double height_m,
                     ShallowWaterSolver& solver) {
  const std::size_t first_cell = solver.first_cell(number);
  std::size_t walls = 0;
  for (const LineFace& face : faces_across(line, solver.grid(number).shape())) {
    const std::size_t cell = first_cell + face.cell;
    const std::size_t before = first_cell + face.before;
    if (solver.covered(cell) || solver.covered(before)) continue;  // else at a seam
    const double top_m = std::max(solver.ground_m(cell), solver.ground_m(before)) + height_m;
    if (face.at_left) {
      solver.wall_at_left(cell, top_m);
    } else {
      solver.wall_below(cell, top_m);
    }
    ++walls;
  }
  return walls;
}

/// Where grids meet.
std::size_t raise_at_seams(std::span<const LocalPoint> line, double height_m,
                           ShallowWaterSolver& solver) {
  std::size_t walls = 0;
  const auto seams = solver.seams();
  for (std::size_t i = 0; i < seams.size(); ++i) {
    const auto& seam = seams[i];
    const double top_m =
        std::max(solver.ground_m(seam.outer), solver.ground_m(seam.inner)) + height_m;
    for (std::size_t point = 1; point < line.size(); ++point) {
      if (!cross(line[point - 1], line[point], seam.outer_center, seam.inner_center)) continue;
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
  if (raise_along(barrier.line, barrier.height_m, solver) == 0) {
    throw ScenarioError("add_barrier: the line separates no cells of the flood grid");
  }
}

std::size_t raise_along(std::span<const LocalPoint> line, double height_m,
                        ShallowWaterSolver& solver) {
  std::size_t walls = raise_at_seams(line, height_m, solver);
  for (std::size_t number = 0; number < solver.grids(); ++number) {
    walls += raise_on(number, line, height_m, solver);
  }
  return walls;
}

}  // namespace kontwin::flood
