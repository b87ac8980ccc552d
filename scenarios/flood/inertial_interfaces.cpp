// Where the inertial scheme meets another grid, as an inset over its gates and round its insets
// over joints.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "scenarios/flood/finite_volume_face.hpp"
#include "scenarios/flood/inertial_solver.hpp"

namespace kontwin::flood {

namespace {

/// Higher than any water: no other flux passes a joint.
constexpr float closed_top_m = 1e6F;
/// What one crossing may take of a cell's water in a step; with others at the cell, in parts.
constexpr float most_share = 0.75F;

DepthUnits rounded(double units) { return static_cast<DepthUnits>(std::llround(units)); }

}  // namespace

CellState InertialSolver::state(std::size_t cell) const {
  const std::size_t i = inner(cell);
  float depth_m = 0;
  float speed2 = 0;
  speeds_of_row(1, static_cast<std::ptrdiff_t>(stride_), &depth_[i], &q_x_[i], &q_y_[i],
                static_cast<float>(settings_.dry_depth_m), &depth_m, &speed2);
  const double east = static_cast<double>(q_x_[i]) + static_cast<double>(q_x_[i + 1]);
  const double north = static_cast<double>(q_y_[i]) + static_cast<double>(q_y_[i + stride_]);
  const double length = std::hypot(east, north);
  const double scale = length > 0 ? std::sqrt(static_cast<double>(speed2)) / length : 0;
  return {.depth_m = depth_[i] / units_per_m,
          .ground_m = static_cast<double>(ground_m_[i]),
          .east_mps = east * scale,
          .north_mps = north * scale,
          .friction = static_cast<double>(friction_[i])};
}

CellState InertialSolver::level(std::size_t cell) const {
  const std::size_t i = inner(cell);
  return {.depth_m = depth_[i] / units_per_m,
          .ground_m = static_cast<double>(ground_m_[i]),
          .friction = static_cast<double>(friction_[i])};
}

double InertialSolver::discharge_m2ps(std::size_t cell, GridSide side) const {
  const std::size_t step = is_along_x(side) ? 1 : stride_;
  const std::size_t face = inner(cell) + (is_high(side) ? step : 0);
  return static_cast<double>((is_along_x(side) ? q_x_ : q_y_)[face]);
}

double InertialSolver::fastest_wave_mps() {
  double deepest_m = 0;
  for (std::size_t tile = 0; tile < tiling_.size(); ++tile) {
    deepest_m = std::max(deepest_m, tile_depth_m_[tile]);
    if (touched_[tile] == 0) continue;
    const auto cells = tiling_.cells(tile);
    for (std::size_t row = cells.first_row; row < cells.end_row; ++row) {
      const DepthUnits deepest = deepest_of_row(cells.end_column - cells.first_column,
                                                &depth_[inner(cells.first_column, row)]);
      deepest_m = std::max(deepest_m, deepest / units_per_m);
    }
  }
  return 2 * std::sqrt(gravity_mps2 * deepest_m);
}

void InertialSolver::connect() {
  crossings_.clear();
  lively_.assign(tiling_.size(), 0);
  const auto add = [this](std::size_t cell, GridSide side) {
    const std::size_t i = inner(cell);
    const std::size_t step = is_along_x(side) ? 1 : stride_;
    crossings_.push_back({.cell = i,
                          .face = is_high(side) ? i + step : i,
                          .tile = tile_of(cell),
                          .along_x = is_along_x(side),
                          .high = is_high(side)});
  };
  for (const Gate& gate : gates_) {
    add(gate.cell, gate.side);
    // Water no longer leaves the grid there.
    const Crossing& crossing = crossings_.back();
    std::erase_if(edges_[crossing.tile], [&](const Edge& edge) {
      return edge.cell == crossing.cell && edge.side == gate.side;
    });
  }
  for (const Joint& joint : joints_) {
    add(joint.cell, joint.side);
    const std::size_t step = is_along_x(joint.side) ? 1 : shape_.columns;
    const std::size_t behind = is_high(joint.side) ? joint.cell + step : joint.cell;
    if (is_along_x(joint.side)) {
      wall_at_left(behind, closed_top_m);
    } else {
      wall_below(behind, closed_top_m);
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> at_cell;
  for (std::size_t i = 0; i < crossings_.size(); ++i) at_cell[crossings_[i].cell].push_back(i);
  for (const auto& [cell, here] : at_cell) {
    for (std::size_t i = 0; i < here.size(); ++i) {
      crossings_[here[i]].most_share = most_share / static_cast<float>(here.size());
      crossings_[here[i]].next = here[(i + 1) % here.size()];
    }
  }
}

void InertialSolver::mark_interfaces() {
  std::ranges::fill(lively_, 0);
  const double dry_m = settings_.dry_depth_m;
  const auto mark = [&](const Crossing& crossing, double beyond_m) {
    const bool wet = beyond_m > dry_m || depth_[crossing.cell] / units_per_m > dry_m;
    if (wet) lively_[crossing.tile] = 1;
  };
  for (std::size_t i = 0; i < gates_.size(); ++i) mark(crossings_[i], gates_[i].near.depth_m);
  for (std::size_t i = 0; i < joints_.size(); ++i) {
    mark(crossings_[gates_.size() + i], joints_[i].beyond_depth_m);
  }
  for (Crossing& crossing : crossings_) {
    if (lively_[crossing.tile] == 0) crossing.q = 0;
  }
}

std::vector<double> InertialSolver::depths_to_plan_for() const {
  std::vector<double> depth_m(tile_depth_m_);
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    double& deepest_m = depth_m[crossings_[i].tile];
    deepest_m = std::max(deepest_m, gates_[i].near.depth_m);
  }
  return depth_m;
}

double InertialSolver::beyond_step_s() const {
  if (beyond_mps_ <= 0) return std::numeric_limits<double>::infinity();
  return settings_.courant * shape_.cell_m / (beyond_mps_ / 2);
}

void InertialSolver::flow_over_interfaces(double dt_s) {
  const FluxStep now{
      .dt_s = static_cast<float>(dt_s),
      .gravity_dt_over_cell = static_cast<float>(gravity_mps2 * dt_s / shape_.cell_m),
      .theta = static_cast<float>(settings_.theta),
      .dry_depth_m = static_cast<float>(settings_.dry_depth_m)};
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    crossings_[i].units = 0;
    if (lively_[crossings_[i].tile] != 0) flow_over_gate(gates_[i], crossings_[i], now);
  }
  if (exchange_ != nullptr) ask_for_joints(dt_s);
}

void InertialSolver::flow_over_gate(Gate& gate, Crossing& crossing, const FluxStep& now) {
  const CellState inside = gate.by_riemann ? state(gate.cell) : level(gate.cell);
  const CellState ghost = ghosts_beyond(gate, inside, settings_.dry_depth_m).first;
  const float ground_m = ground_m_[crossing.cell];
  const auto ghost_ground_m = static_cast<float>(ghost.ground_m);
  const DepthUnits depth = depth_[crossing.cell];
  const DepthUnits ghost_depth = rounded(
      (ghost.depth_m + (ghost.ground_m - static_cast<double>(ghost_ground_m))) * units_per_m);
  const bool high = crossing.high;
  const DepthUnits before = high ? depth : ghost_depth;
  const DepthUnits after = high ? ghost_depth : depth;
  const float rise_m = high ? ghost_ground_m - ground_m : ground_m - ghost_ground_m;
  const float climb_m = static_cast<float>(after - before) * m_per_unit + rise_m;
  const double scale = static_cast<double>(now.dt_s) / shape_.cell_m * units_per_m;
  DepthUnits units = 0;  // towards rising columns or rows
  FaceFlux<float> flux{};
  if (gate.by_riemann) {
    const auto side = [&](const CellState& of, DepthUnits its_depth) {
      const auto along = static_cast<float>(crossing.along_x ? of.east_mps : of.north_mps);
      const auto across = static_cast<float>(crossing.along_x ? of.north_mps : of.east_mps);
      return FaceSide<float>{.depth = static_cast<float>(its_depth) * m_per_unit,
                             .along = along,
                             .across = across,
                             .cell_depth = its_depth,
                             .cell_along = along,
                             .cell_across = across};
    };
    const FiniteVolumeStep<float> step{.dt_s = now.dt_s,
                                       .per_cell = now.dt_s / static_cast<float>(shape_.cell_m),
                                       .units_per_flux = static_cast<float>(scale),
                                       .dry = rounded(settings_.dry_depth_m * units_per_m)};
    const auto own = side(inside, depth);
    const auto other = side(ghost, ghost_depth);
    flux = face_flux(high ? own : other, high ? other : own, climb_m, step);
    units = flux.water;
  } else {
    const auto& q = crossing.along_x ? q_x_ : q_y_;
    const std::size_t step = crossing.along_x ? 1 : stride_;
    const float next_q = q[high ? crossing.face - step : crossing.face + step];
    const auto beyond_q = static_cast<float>(gate.far_q_m2ps);
    const auto ghost_friction = static_cast<float>(ghost.friction);
    const float slow =
        flux_over_face({.before_m = static_cast<float>(before) * m_per_unit,
                        .after_m = static_cast<float>(after) * m_per_unit,
                        .rise_m = rise_m,
                        .drop_m = climb_m,
                        .sill_m = std::max(rise_m, 0.0F),
                        .roughness = 0.5F * (friction_[crossing.cell] + ghost_friction),
                        .own_q = crossing.q,
                        .mean_q = 0.5F * (next_q + beyond_q)},
                       now);
    units = rounded(static_cast<double>(slow) * scale);
  }
  const DepthUnits wanted = high ? -units : units;  // into the cell
  const auto there = static_cast<DepthUnits>(crossing.most_share * static_cast<float>(depth));
  const auto may_come = std::clamp<std::int64_t>(gate.most_in_units + gate.out_units, 0,
                                                 std::numeric_limits<DepthUnits>::max());
  crossing.units = std::clamp(wanted, -std::max(there - 2, 0), static_cast<DepthUnits>(may_come));
  crossing.q = static_cast<float>((high ? -crossing.units : crossing.units) / scale);
  gate.out_units -= crossing.units;
  if (!gate.by_riemann) return;
  const double open = wanted == 0 ? 1 : static_cast<double>(crossing.units) / wanted;
  gate.along_m2ps += open * static_cast<double>(high ? flux.after : -flux.before);
  gate.across_m2ps += open * static_cast<double>(high ? flux.across : -flux.across);
}

void InertialSolver::ask_for_joints(double dt_s) {
  for (std::size_t i = 0; i < joints_.size(); ++i) {
    Joint& joint = joints_[i];
    const Crossing& crossing = crossings_[gates_.size() + i];
    joint.in_units = 0;
    joint.along_m2ps = joint.across_m2ps = 0;
    const auto there =
        static_cast<DepthUnits>(crossing.most_share * static_cast<float>(depth_[crossing.cell]));
    const bool flows =
        lively_[crossing.tile] != 0 && depth_[crossing.cell] / units_per_m > settings_.dry_depth_m;
    joint.most_out_units = flows ? std::max(there - 2, 0) : 0;
  }
  exchange_->flow(dt_s);
  const double scale = dt_s / shape_.cell_m * units_per_m;
  for (std::size_t i = 0; i < joints_.size(); ++i) {
    Crossing& crossing = crossings_[gates_.size() + i];
    crossing.units = static_cast<DepthUnits>(joints_[i].in_units);
    crossing.q = static_cast<float>((crossing.high ? -crossing.units : crossing.units) / scale);
  }
}

void InertialSolver::share_beside_crossings(float scale) {
  for (std::size_t own = 0; own < crossings_.size(); ++own) {
    const Crossing& crossing = crossings_[own];
    if (crossing.units >= 0) continue;
    const std::size_t i = crossing.cell;
    DepthUnits left = depth_[i] + crossing.units;
    for (std::size_t other = crossing.next; other != own; other = crossings_[other].next) {
      left += std::min(crossings_[other].units, 0);
    }
    const bool whole =
        share_row(1, &left, &flux_x_[i], &flux_y_[i], &flux_y_[i + stride_], scale, &share_[i]);
    if (!whole) cut_[crossing.tile] = 1;
  }
}

void InertialSolver::pass_crossings() {
  for (const Crossing& crossing : crossings_) {
    depth_[crossing.cell] += crossing.units;
    if (crossing.units != 0) touched_[crossing.tile] = 1;
    (crossing.along_x ? q_x_ : q_y_)[crossing.face] = crossing.q;
    (crossing.along_x ? flux_x_ : flux_y_)[crossing.face] = 0;
  }
}

}  // namespace kontwin::flood
