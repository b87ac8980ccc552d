// Walls in a water of several grids, and where the grids meet.
#include <algorithm>

#include "scenarios/flood/nested_water.hpp"

namespace kontwin::flood {

void NestedWater::wall(std::size_t cell, double top_m, bool at_left) {
  const Place place = place_of(cell);
  const auto build = [&](NestableSolver& on, std::size_t its) {
    at_left ? on.wall_at_left(its, top_m) : on.wall_below(its, top_m);
  };
  if (place.grid > 0) return build(solver(place.grid), place.cell);
  const GridShape& grid = shape();
  const bool edge = at_left ? cell % grid.columns == 0 : cell < grid.columns;
  if (edge) return;
  const std::size_t before = at_left ? cell - 1 : cell - grid.columns;
  if (!covered(cell) && !covered(before)) return build(*outer_, cell);
  if (inset_of_[cell] == inset_of_[before]) {
    // Inside an inset: along the lower or left sides of what lies under the cell.
    const Inset& inset = *inset_over(cell);
    std::size_t index = 0;
    for_cells_under(inset, cell, [&](std::size_t fine) {
      const bool first = at_left ? index % inset.ratio == 0 : index < inset.ratio;
      if (first) build(*inset.solver, fine);
      ++index;
    });
    return;
  }
  for (Inset& inset : insets_) {
    for (std::size_t j = inset.first_joint; j < inset.end_joint; ++j) {
      const Joint& joint = outer_->joints()[j];
      if (is_along_x(joint.side) != at_left) continue;
      if (std::max(joint.cell, joint.beyond) != cell) continue;
      if (std::min(joint.cell, joint.beyond) != before) continue;
      for (std::size_t k = 0; k < inset.ratio; ++k) {
        Gate& gate = inset.solver->gates()[(j - inset.first_joint) * inset.ratio + k];
        gate.wall_top_m = std::max(gate.wall_top_m, top_m);
      }
    }
  }
}

void NestedWater::wall_at_left(std::size_t cell, double top_m) { wall(cell, top_m, true); }
void NestedWater::wall_below(std::size_t cell, double top_m) { wall(cell, top_m, false); }

std::vector<ShallowWaterSolver::Seam> NestedWater::seams() const {
  std::vector<Seam> seams;
  for (const Inset& inset : insets_) {
    const GridShape& fine = inset.solver->shape();
    for (std::size_t j = inset.first_joint; j < inset.end_joint; ++j) {
      const std::size_t cell = outer_->joints()[j].cell;
      for (std::size_t k = 0; k < inset.ratio; ++k) {
        const std::size_t inner =
            inset.solver->gates()[(j - inset.first_joint) * inset.ratio + k].cell;
        seams.push_back({cell, inset.first_cell + inner,
                         shape().center(cell % shape().columns, cell / shape().columns),
                         fine.center(inner % fine.columns, inner / fine.columns)});
      }
    }
  }
  return seams;
}

void NestedWater::wall_at_seam(std::size_t seam, double top_m) {
  for (Inset& inset : insets_) {
    const auto gates = inset.solver->gates();
    if (seam >= gates.size()) {
      seam -= gates.size();
      continue;
    }
    gates[seam].wall_top_m = std::max(gates[seam].wall_top_m, top_m);
    return;
  }
}

}  // namespace kontwin::flood
