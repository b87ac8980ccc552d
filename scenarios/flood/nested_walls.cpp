// Walls in a water of several grids, and where the grids meet.
#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/flood/nested_water.hpp"

namespace kontwin::flood {

/// Visits what is at a cell's left or lower side: a face of one grid, the faces of an inset under
/// it, or the gates of a joint.
template <typename OnFace, typename OnGate>
void NestedWater::for_faces(std::size_t cell, bool at_left, OnFace on_face, OnGate on_gate) const {
  const Place place = place_of(cell);
  if (place.grid > 0) return on_face(solver(place.grid), place.cell);
  const GridShape& grid = shape();
  const bool edge = at_left ? cell % grid.columns == 0 : cell < grid.columns;
  if (edge) return;
  const std::size_t before = at_left ? cell - 1 : cell - grid.columns;
  if (!covered(cell) && !covered(before)) return on_face(*outer_, cell);
  if (inset_of_[cell] == inset_of_[before]) {
    const Inset& inset = *inset_over(cell);
    std::size_t index = 0;
    for_cells_under(inset, cell, [&](std::size_t fine) {
      const bool first = at_left ? index % inset.ratio == 0 : index < inset.ratio;
      if (first) on_face(*inset.solver, fine);
      ++index;
    });
    return;
  }
  const Inset& inset = covered(cell) ? *inset_over(cell) : *inset_over(before);
  const auto gates = inset.solver->gates();
  for (std::size_t j = inset.first_joint; j < inset.end_joint; ++j) {
    const Joint& joint = outer_->joints()[j];
    if (std::max(joint.cell, joint.beyond) != cell) continue;
    if (std::min(joint.cell, joint.beyond) != before) continue;
    for (std::size_t k = 0; k < inset.ratio; ++k) {
      on_gate(gates[(j - inset.first_joint) * inset.ratio + k]);
    }
  }
}

void NestedWater::wall_at_left(std::size_t cell, double top_m) {
  for_faces(
      cell, true, [&](NestableSolver& of, std::size_t its) { of.wall_at_left(its, top_m); },
      [&](Gate& gate) { gate.wall_top_m = std::max(gate.wall_top_m, top_m); });
}

void NestedWater::wall_below(std::size_t cell, double top_m) {
  for_faces(
      cell, false, [&](NestableSolver& of, std::size_t its) { of.wall_below(its, top_m); },
      [&](Gate& gate) { gate.wall_top_m = std::max(gate.wall_top_m, top_m); });
}

namespace {

void change_wall(double top_m, Gate& gate) {
  if (std::isfinite(gate.wall_top_m)) gate.wall_top_m = top_m;
}

}  // namespace

void NestedWater::change_wall_at_left(std::size_t cell, double top_m) {
  for_faces(
      cell, true, [&](NestableSolver& of, std::size_t its) { of.change_wall_at_left(its, top_m); },
      [&](Gate& gate) { change_wall(top_m, gate); });
}

void NestedWater::change_wall_below(std::size_t cell, double top_m) {
  for_faces(
      cell, false, [&](NestableSolver& of, std::size_t its) { of.change_wall_below(its, top_m); },
      [&](Gate& gate) { change_wall(top_m, gate); });
}

double NestedWater::wall_at_left_m(std::size_t cell) const {
  double lowest_m = std::numeric_limits<double>::infinity();
  const auto look = [&](double top_m) { lowest_m = std::min(lowest_m, top_m); };
  for_faces(
      cell, true, [&](NestableSolver& of, std::size_t its) { look(of.wall_at_left_m(its)); },
      [&](const Gate& gate) { look(gate.wall_top_m); });
  return std::isfinite(lowest_m) ? lowest_m : -std::numeric_limits<double>::infinity();
}

double NestedWater::wall_below_m(std::size_t cell) const {
  double lowest_m = std::numeric_limits<double>::infinity();
  const auto look = [&](double top_m) { lowest_m = std::min(lowest_m, top_m); };
  for_faces(
      cell, false, [&](NestableSolver& of, std::size_t its) { look(of.wall_below_m(its)); },
      [&](const Gate& gate) { look(gate.wall_top_m); });
  return std::isfinite(lowest_m) ? lowest_m : -std::numeric_limits<double>::infinity();
}

void NestedWater::set_ground(std::size_t cell, double ground_m) {
  for_places(cell,
             [&](const Place& place) { solver(place.grid).set_ground(place.cell, ground_m); });
}

void NestedWater::set_edge(std::size_t cell, GridSide side, const EdgeCondition& condition) {
  if (cell >= shape().cells() || !at_edge(shape(), cell, side)) return;
  for_places(cell, [&](const Place& place) {
    NestableSolver& of = solver(place.grid);
    if (at_edge(of.shape(), place.cell, side)) of.set_edge(place.cell, side, condition);
  });
}

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
