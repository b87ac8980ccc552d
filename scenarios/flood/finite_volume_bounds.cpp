// What walls the water of the finite volume scheme in: ground, walls, edges.
#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/flood/finite_volume_solver.hpp"

namespace kontwin::flood {

template <typename Real>
Real FiniteVolumeSolver<Real>::ground_in_units(double height_m) const {
  // Ground in whole depth units: then a level surface has no differences at all.
  constexpr double per_m = DepthCount<Real>::per_m;
  return static_cast<Real>(std::round(height_m * per_m) / per_m);
}

template <typename Real>
void FiniteVolumeSolver<Real>::set_ground(std::size_t cell, double ground_m) {
  field_.ground[field_.inner(cell)] = ground_in_units(ground_m);
  const std::size_t tile = tile_of(cell);
  wake(tile);
  for (const std::size_t next : tiling_.neighbours(tile)) {
    if (next != Tiling::none) wake(next);
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::wall_at_left(std::size_t cell, double top_m) {
  const std::size_t columns = field_.shape.columns;
  set_wall({cell % columns, cell / columns, static_cast<Real>(top_m), true}, WallWork::raise);
}

template <typename Real>
void FiniteVolumeSolver<Real>::wall_below(std::size_t cell, double top_m) {
  const std::size_t columns = field_.shape.columns;
  set_wall({cell % columns, cell / columns, static_cast<Real>(top_m), false}, WallWork::raise);
}

template <typename Real>
void FiniteVolumeSolver<Real>::change_wall_at_left(std::size_t cell, double top_m) {
  const std::size_t columns = field_.shape.columns;
  set_wall({cell % columns, cell / columns, static_cast<Real>(top_m), true}, WallWork::change);
}

template <typename Real>
void FiniteVolumeSolver<Real>::change_wall_below(std::size_t cell, double top_m) {
  const std::size_t columns = field_.shape.columns;
  set_wall({cell % columns, cell / columns, static_cast<Real>(top_m), false}, WallWork::change);
}

template <typename Real>
void FiniteVolumeSolver<Real>::set_wall(const Wall& wall, WallWork work) {
  if (wall.at_left ? wall.column == 0 : wall.row == 0) return;
  const std::size_t tile = tiling_.tile_of(wall.column, wall.row);
  const auto same = std::ranges::find_if(walls_[tile], [&wall](const Wall& other) {
    return other.column == wall.column && other.row == wall.row && other.at_left == wall.at_left;
  });
  if (work == WallWork::change) {
    if (same == walls_[tile].end()) return;
    same->top_m = wall.top_m;
  } else if (same == walls_[tile].end()) {
    walls_[tile].push_back(wall);
  } else {
    same->top_m = std::max(same->top_m, wall.top_m);
  }
  has_walls_[tile] = 1;
  const auto [left, right, below, above] = tiling_.neighbours(tile);
  if (left != Tiling::none) has_walls_[left] = 1;
  if (below != Tiling::none) has_walls_[below] = 1;
  // A wall changes nothing but where water stands at it.
  wake(tile);
  if (left != Tiling::none) wake(left);
  if (below != Tiling::none) wake(below);
}

template <typename Real>
double FiniteVolumeSolver<Real>::wall_top_m(std::size_t cell, bool at_left) const {
  const std::size_t column = cell % field_.shape.columns;
  const std::size_t row = cell / field_.shape.columns;
  const auto& walls = walls_[tiling_.tile_of(column, row)];
  const auto found = std::ranges::find_if(walls, [&](const Wall& wall) {
    return wall.column == column && wall.row == row && wall.at_left == at_left;
  });
  return found == walls.end() ? -std::numeric_limits<double>::infinity()
                              : static_cast<double>(found->top_m);
}

template <typename Real>
EdgeCondition& FiniteVolumeSolver<Real>::edge(GridSide side, std::size_t column, std::size_t row) {
  const bool along_rows = side == GridSide::west || side == GridSide::east;
  return edges_[static_cast<std::size_t>(side)][along_rows ? row : column];
}

template <typename Real>
void FiniteVolumeSolver<Real>::set_edge_slope(std::size_t cell, double slope) {
  if (settings_.closed_edges) return;
  for (const GridSide side : {GridSide::west, GridSide::east, GridSide::south, GridSide::north}) {
    set_edge(cell, side, {.kind = EdgeCondition::Kind::slope, .slope = slope});
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::set_edge(std::size_t cell, GridSide side,
                                        const EdgeCondition& condition) {
  const GridShape& grid = field_.shape;
  const std::size_t column = cell % grid.columns;
  const std::size_t row = cell / grid.columns;
  if (!at_edge(grid, cell, side)) return;
  edge(side, column, row) = condition;
  const std::size_t tile = tile_of(cell);
  if (condition.kind == EdgeCondition::Kind::stage ||
      condition.kind == EdgeCondition::Kind::discharge) {
    invited_[tile] = 1;
  } else {
    wake(tile);
  }
}

template class FiniteVolumeSolver<float>;
template class FiniteVolumeSolver<double>;

}  // namespace kontwin::flood
