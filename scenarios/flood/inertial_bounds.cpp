// What walls the water of the inertial scheme in: ground, walls, and the grid's edges.
#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/flood/inertial_solver.hpp"

namespace kontwin::flood {

namespace {

/// Ground that falls less than this at the grid's edge counts as level.
constexpr double level_slope = 1e-5;

}  // namespace

void InertialSolver::touch(std::size_t cell) {
  touched_[tiling_.tile_of(cell % shape_.columns, cell / shape_.columns)] = 1;
}

void InertialSolver::set_ground(std::size_t cell, double ground_m) {
  ground_m_[inner(cell)] = static_cast<float>(ground_m);
  // Water of the next tiles may reach over it now.
  const std::size_t tile = tiling_.tile_of(cell % shape_.columns, cell / shape_.columns);
  touched_[tile] = 1;
  for (const std::size_t next : tiling_.neighbours(tile)) {
    if (next != Tiling::none) touched_[next] = 1;
  }
}

void InertialSolver::wall_at_left(std::size_t cell, double top_m) {
  set_wall({cell % shape_.columns, cell / shape_.columns, static_cast<float>(top_m), true},
           WallWork::raise);
}

void InertialSolver::wall_below(std::size_t cell, double top_m) {
  set_wall({cell % shape_.columns, cell / shape_.columns, static_cast<float>(top_m), false},
           WallWork::raise);
}

void InertialSolver::change_wall_at_left(std::size_t cell, double top_m) {
  set_wall({cell % shape_.columns, cell / shape_.columns, static_cast<float>(top_m), true},
           WallWork::change);
}

void InertialSolver::change_wall_below(std::size_t cell, double top_m) {
  set_wall({cell % shape_.columns, cell / shape_.columns, static_cast<float>(top_m), false},
           WallWork::change);
}

void InertialSolver::set_wall(const Wall& wall, WallWork work) {
  if (wall.at_left ? wall.column == 0 : wall.row == 0) return;
  auto& walls = walls_[tiling_.tile_of(wall.column, wall.row)];
  const auto same = std::ranges::find_if(walls, [&wall](const Wall& other) {
    return other.column == wall.column && other.row == wall.row && other.at_left == wall.at_left;
  });
  if (work == WallWork::change) {
    if (same != walls.end()) same->top_m = wall.top_m;
  } else if (same == walls.end()) {
    walls.push_back(wall);
  } else {
    same->top_m = std::max(same->top_m, wall.top_m);
  }
}

double InertialSolver::wall_top_m(std::size_t cell, bool at_left) const {
  const std::size_t column = cell % shape_.columns;
  const std::size_t row = cell / shape_.columns;
  const auto& walls = walls_[tiling_.tile_of(column, row)];
  const auto found = std::ranges::find_if(walls, [&](const Wall& wall) {
    return wall.column == column && wall.row == row && wall.at_left == at_left;
  });
  return found == walls.end() ? -std::numeric_limits<double>::infinity()
                              : static_cast<double>(found->top_m);
}

InertialSolver::Edge& InertialSolver::edge_at(std::size_t cell, GridSide side) {
  const std::size_t column = cell % shape_.columns;
  const std::size_t row = cell / shape_.columns;
  auto& edges = edges_[tiling_.tile_of(column, row)];
  const std::size_t i = inner(cell);
  const auto there = std::ranges::find_if(
      edges, [&](const Edge& edge) { return edge.cell == i && edge.side == side; });
  if (there != edges.end()) return *there;
  std::size_t inside = i;
  if (side == GridSide::west && shape_.columns > 1) inside = i + 1;
  if (side == GridSide::east && shape_.columns > 1) inside = i - 1;
  if (side == GridSide::south && shape_.rows > 1) inside = i + stride_;
  if (side == GridSide::north && shape_.rows > 1) inside = i - stride_;
  edges.push_back({.cell = i, .inside = inside, .side = side});
  return edges.back();
}

void InertialSolver::add_edges() {
  const auto open = [this](GridSide side, std::size_t column, std::size_t row) {
    Edge& edge = edge_at(shape_.at(column, row), side);
    edge.condition.kind = EdgeCondition::Kind::slope;
    edge.condition.slope = (ground_m_[edge.inside] - ground_m_[edge.cell]) / shape_.cell_m;
  };
  for (std::size_t row = 0; row < shape_.rows; ++row) {
    open(GridSide::west, 0, row);
    open(GridSide::east, shape_.columns - 1, row);
  }
  for (std::size_t column = 0; column < shape_.columns; ++column) {
    open(GridSide::south, column, 0);
    open(GridSide::north, column, shape_.rows - 1);
  }
}

void InertialSolver::set_edge_slope(std::size_t cell, double slope) {
  if (settings_.closed_edges) return;
  for (const GridSide side : {GridSide::west, GridSide::east, GridSide::south, GridSide::north}) {
    set_edge(cell, side, {.kind = EdgeCondition::Kind::slope, .slope = slope});
  }
}

void InertialSolver::set_edge(std::size_t cell, GridSide side, const EdgeCondition& condition) {
  if (at_edge(shape_, cell, side)) set_edge_inside(cell, side, condition);
}

bool InertialSolver::set_edge_inside(std::size_t cell, GridSide side,
                                     const EdgeCondition& condition) {
  if (has_gate(cell, side)) return false;
  edge_at(cell, side).condition = condition;
  edges_give_ = edges_give_ || condition.kind == EdgeCondition::Kind::stage ||
                condition.kind == EdgeCondition::Kind::discharge;
  fed_changed_ = true;
  return true;
}

void InertialSolver::mark_fed() {
  if (!fed_changed_) return;
  fed_changed_ = false;
  std::ranges::fill(fed_, 0);
  for (const Source& source : sources_) {
    if (source.discharge_m3ps <= 0) continue;
    for (const std::size_t tile : source.tiles) fed_[tile] = 1;
  }
  if (!edges_give_) return;
  for (std::size_t tile = 0; tile < edges_.size(); ++tile) {
    for (const Edge& edge : edges_[tile]) {
      const bool gives = (edge.condition.kind == EdgeCondition::Kind::discharge &&
                          edge.condition.discharge_m2ps > 0) ||
                         (edge.condition.kind == EdgeCondition::Kind::stage &&
                          edge.condition.stage_m > double{ground_m_[edge.cell]});
      if (gives) fed_[tile] = 1;
    }
  }
}

double InertialSolver::edge_m3() const {
  std::int64_t units = 0;
  for (const std::int64_t of_tile : edge_units_) units += of_tile;
  return cubic_metres(units);
}

double InertialSolver::source_m3() const {
  std::int64_t units = source_units_;
  for (const std::int64_t of_tile : come_units_) units += of_tile;
  return cubic_metres(units);
}

double InertialSolver::running_out_m2ps(const Edge& edge) const {
  const double depth_m = depth_[edge.cell] / units_per_m;
  const bool any_fall = edge.condition.kind == EdgeCondition::Kind::transmissive;
  double slope = any_fall ? 0 : edge.condition.slope;
  if (slope < 0 || depth_m <= settings_.dry_depth_m) return 0;
  // Normal depth on the fall of the ground, at most critical. On level ground the water's own
  // fall drives it; elsewhere that would draw the water down without end.
  if (slope < level_slope) {
    const double inside_m = ground_m_[edge.inside] + depth_[edge.inside] / units_per_m;
    slope = std::max(slope, (inside_m - ground_m_[edge.cell] - depth_m) / shape_.cell_m);
  }
  if (slope <= 0) return 0;
  const double n = std::sqrt(friction_[edge.cell] / gravity_mps2);
  const double critical = depth_m * std::sqrt(gravity_mps2 * depth_m);
  const double normal =
      n > 0 ? depth_m * std::cbrt(depth_m * depth_m) * std::sqrt(slope) / n : critical;
  return std::min(normal, critical);
}

void InertialSolver::push_over_edges(std::size_t tile, double dt_s) {
  for (Edge& edge : edges_[tile]) {
    using enum EdgeCondition::Kind;
    switch (edge.condition.kind) {
      case slope:
      case transmissive:
        edge.out_m2ps = running_out_m2ps(edge);
        break;
      case stage:
        push_over_stage(edge, dt_s);
        break;
      case closed:
      case discharge:
        break;
    }
  }
}

void InertialSolver::push_over_stage(Edge& edge, double dt_s) const {
  // The face between the cell and water outside on the same ground, as between two cells.
  const double depth_m = depth_[edge.cell] / units_per_m;
  const double outside_m = std::max(edge.condition.stage_m - double{ground_m_[edge.cell]}, 0.0);
  const double flow_depth_m = std::max(depth_m, outside_m);
  if (flow_depth_m <= settings_.dry_depth_m) {
    edge.out_m2ps = 0;
    return;
  }
  // Damped as between cells: by half of what the face further in carries, and half of its own.
  const bool along_x = edge.side == GridSide::west || edge.side == GridSide::east;
  const auto& faces = along_x ? q_x_ : q_y_;
  const bool low = edge.side == GridSide::west || edge.side == GridSide::south;
  const double inside_m2ps = low ? -double{faces[edge.inside]} : double{faces[edge.cell]};
  const double before = edge.out_m2ps + 0.5 * (1 - settings_.theta) * (inside_m2ps - edge.out_m2ps);
  const double pushed =
      before + gravity_mps2 * dt_s * flow_depth_m * (depth_m - outside_m) / shape_.cell_m;
  const double friction = dt_s * double{friction_[edge.cell]} * std::abs(edge.out_m2ps) *
                          std::pow(flow_depth_m, -7.0 / 3);
  const double critical = flow_depth_m * std::sqrt(gravity_mps2 * flow_depth_m);
  edge.out_m2ps = std::clamp(pushed / (1 + friction), -critical, critical);
}

void InertialSolver::let_out(std::size_t tile, double dt_s) {
  for (Edge& edge : edges_[tile]) {
    using enum EdgeCondition::Kind;
    DepthUnits& depth = depth_[edge.cell];
    switch (edge.condition.kind) {
      case closed:
        continue;
      case slope:
      case transmissive:
      case stage:
        break;
      case discharge: {
        edge.carry_units += edge.condition.discharge_m2ps * dt_s / shape_.cell_m * units_per_m;
        const auto units = static_cast<DepthUnits>(edge.carry_units);
        edge.carry_units -= units;
        depth += units;
        come_units_[tile] += units;
        continue;
      }
    }
    const double gone_m = std::min(edge.out_m2ps * dt_s / shape_.cell_m, depth / units_per_m);
    const auto units = static_cast<DepthUnits>(gone_m * units_per_m);
    depth -= units;
    (units > 0 ? edge_units_ : come_units_)[tile] += std::abs(units);
  }
}

}  // namespace kontwin::flood
