#include "scenarios/flood/barrier.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/flood/line_faces.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

void build_barrier(const AddBarrier& barrier, ShallowWaterSolver& solver) {
  if (barrier.line.size() < 2) throw ScenarioError("a barrier's line needs two points");
  if (!(barrier.height_m > 0) || !std::isfinite(barrier.height_m)) {
    throw ScenarioError("a barrier's height of " + std::to_string(barrier.height_m) +
                        " m is not above 0");
  }
  if (raise_along(barrier.line, barrier.height_m, solver) == 0) {
    throw ScenarioError(
        "the barrier separates no cells of the flood grid: its line lies off it, or within one "
        "cell");
  }
}

std::size_t raise_along(std::span<const LocalPoint> line, double height_m,
                        ShallowWaterSolver& solver) {
  std::size_t walls = 0;
  const auto top_m = [&](std::size_t one, std::size_t other) {
    return std::max(solver.ground_m(one), solver.ground_m(other)) + height_m;
  };
  for (std::size_t number = 0; number < solver.grids(); ++number) {
    const std::size_t first = solver.first_cell(number);
    for (const LineFace& face : faces_across(line, solver.grid(number).shape())) {
      const std::size_t cell = first + face.cell;
      const std::size_t before = first + face.before;
      // Under an inset its own faces count, and at its edge the seams.
      if (solver.covered(cell) || solver.covered(before)) continue;
      if (face.at_left) {
        solver.wall_at_left(cell, top_m(cell, before));
      } else {
        solver.wall_below(cell, top_m(cell, before));
      }
      ++walls;
    }
  }
  const auto seams = solver.seams();
  for (std::size_t i = 0; i < seams.size(); ++i) {
    if (!passes_between(line, seams[i].outer_center, seams[i].inner_center)) continue;
    solver.wall_at_seam(i, top_m(seams[i].outer, seams[i].inner));
    ++walls;
  }
  return walls;
}

}  // namespace kontwin::flood
