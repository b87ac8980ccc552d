#include "scenarios/flood/barrier.hpp"

#include <algorithm>
#include <cmath>

#include "twin/error.hpp"

namespace kontwin::flood {

void build_barrier(const AddBarrier& barrier, ShallowWaterSolver& solver) {
  if (barrier.line.size() < 2) throw ScenarioError("add_barrier: a line needs two points");
  if (!(barrier.height_m > 0) || !std::isfinite(barrier.height_m)) {
    throw ScenarioError("add_barrier: the height " + std::to_string(barrier.height_m) +
                        " m is not above 0");
  }
  const auto faces = faces_across(barrier.line, solver.shape());
  if (faces.empty()) {
    throw ScenarioError("add_barrier: the line separates no cells of the flood grid");
  }
  raise_along(faces, barrier.height_m, solver);
}

void raise_along(std::span<const LineFace> faces, double height_m, ShallowWaterSolver& solver) {
  for (const LineFace& face : faces) {
    const double top_m =
        std::max(solver.ground_m(face.cell), solver.ground_m(face.before)) + height_m;
    if (face.at_left) {
      solver.wall_at_left(face.cell, top_m);
    } else {
      solver.wall_below(face.cell, top_m);
    }
  }
}

}  // namespace kontwin::flood
