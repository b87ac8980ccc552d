// Where the finite volume scheme meets another grid: as an inset over its gates, where the cells
// beyond are part of the rim and the kernels do the rest, and round its insets over joints.
#include <algorithm>
#include <cmath>

#include "scenarios/flood/finite_volume_solver.hpp"

namespace kontwin::flood {

template <typename Real>
CellState FiniteVolumeSolver<Real>::state(std::size_t cell) const {
  const std::size_t i = field_.inner(cell);
  return {.depth_m = static_cast<double>(field_.depth[i]) / DepthCount<Real>::per_m,
          .ground_m = static_cast<double>(field_.ground[i]),
          .east_mps = static_cast<double>(field_.u[i]),
          .north_mps = static_cast<double>(field_.v[i]),
          .friction = static_cast<double>(field_.friction[i])};
}

template <typename Real>
void FiniteVolumeSolver<Real>::put(std::size_t inner_cell, const CellState& state) {
  // What the ground loses in rounding the depth makes good: the surface stays.
  const auto ground = static_cast<Real>(state.ground_m);
  const double depth_m = state.depth_m + (state.ground_m - static_cast<double>(ground));
  field_.ground[inner_cell] = ground;
  field_.depth[inner_cell] =
      static_cast<Units>(std::llround(std::max(depth_m, 0.0) * DepthCount<Real>::per_m));
  field_.u[inner_cell] = static_cast<Real>(state.east_mps);
  field_.v[inner_cell] = static_cast<Real>(state.north_mps);
  field_.friction[inner_cell] = static_cast<Real>(state.friction);
}

template <typename Real>
void FiniteVolumeSolver<Real>::show_beyond(std::size_t cell, const CellState& state) {
  const std::size_t i = field_.inner(cell);
  const auto depth = static_cast<Units>(std::llround(state.depth_m * DepthCount<Real>::per_m));
  const auto u = static_cast<Real>(state.east_mps);
  const auto v = static_cast<Real>(state.north_mps);
  if (field_.depth[i] == depth && field_.u[i] == u && field_.v[i] == v) return;
  field_.depth[i] = depth;
  field_.u[i] = u;
  field_.v[i] = v;
  wake(tile_of(cell));
}

template <typename Real>
double FiniteVolumeSolver<Real>::fastest_wave_mps() {
  double fastest_mps = 0;
  for (std::size_t tile = 0; tile < tiling_.size(); ++tile) {
    if (moving_[tile] == 2) {
      measure(tile);
      wake(tile);  // choose_active still has to check it
    }
    fastest_mps = std::max(fastest_mps, wave_mps_[tile]);
  }
  return fastest_mps;
}

template <typename Real>
void FiniteVolumeSolver<Real>::connect() {
  const GridShape& grid = field_.shape;
  for (std::size_t side = 0; side < gate_of_.size() && !gates_.empty(); ++side) {
    gate_of_[side].assign(is_along_x(static_cast<GridSide>(side)) ? grid.rows : grid.columns, -1);
  }
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    const Gate& gate = gates_[i];
    const std::size_t along =
        is_along_x(gate.side) ? gate.cell / grid.columns : gate.cell % grid.columns;
    gate_of_[static_cast<std::size_t>(gate.side)][along] = static_cast<std::int32_t>(i);
  }
  joints_of_.assign(joints_.empty() ? 0 : tiling_.size(), {});
  for (std::size_t i = 0; i < joints_.size(); ++i) {
    joints_of_[tile_of(joints_[i].cell)].push_back(static_cast<std::uint32_t>(i));
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::mark_interfaces() {
  for (const Gate& gate : gates_) {
    if (gate.near.depth_m > settings_.dry_depth_m) awake_[tile_of(gate.cell)] = 1;
  }
  for (const Joint& joint : joints_) {
    if (joint.beyond_depth_m > settings_.dry_depth_m) awake_[tile_of(joint.cell)] = 1;
  }
}

template <typename Real>
double FiniteVolumeSolver<Real>::beyond_wave_mps() const {
  double fastest_mps = beyond_mps_;
  for (const Gate& gate : gates_) {
    if (gate.near.depth_m <= settings_.dry_depth_m) continue;
    fastest_mps =
        std::max(fastest_mps, std::fabs(gate.near.east_mps) + std::fabs(gate.near.north_mps) +
                                  2 * std::sqrt(gravity_mps2 * gate.near.depth_m));
  }
  return fastest_mps;
}

template <typename Real>
void FiniteVolumeSolver<Real>::fill_gates() {
  for (const Gate& gate : gates_) {
    const auto [cell, further, rim] =
        edge_cells(gate.side, gate.cell % field_.shape.columns, gate.cell / field_.shape.columns);
    const Ghosts ghosts = ghosts_beyond(gate, state(gate.cell), settings_.dry_depth_m);
    put(rim, ghosts.first);
    put(2 * rim - cell, ghosts.second);
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::meet_others(const FiniteVolumeStep<Real>& now, double seconds) {
  for (Joint& joint : joints_) {
    const std::size_t i = field_.inner(joint.cell);
    const Real out = is_high(joint.side) ? Real{1} : Real{-1};
    const bool along_x = is_along_x(joint.side);
    const Real most =
        most_from(static_cast<Real>(field_.depth[i]), out * (along_x ? field_.u[i] : field_.v[i]),
                  along_x ? field_.v[i] : field_.u[i], now);
    joint.most_out_units = active_[tile_of(joint.cell)] != 0 ? static_cast<std::int64_t>(most) : 0;
    joint.in_units = 0;
    joint.along_m2ps = joint.across_m2ps = 0;
  }
  exchange_->flow(seconds);
  for (const Joint& joint : joints_) {
    const std::size_t tile = tile_of(joint.cell);
    if (joint.in_units == 0 || active_[tile] != 0) continue;
    // Water came to ground that sleeps: it lies there, and wakes it.
    const std::size_t i = field_.inner(joint.cell);
    field_.depth[i] += static_cast<Units>(joint.in_units);
    field_.next_depth[i] = field_.depth[i];
    wake(tile);
  }
}

template <typename Real>
void FiniteVolumeSolver<Real>::pass_gate(Gate& gate, std::ptrdiff_t at, FaceRow<Real>& faces) {
  const bool high = is_high(gate.side);
  Units& water = *faces.water.at(at);
  const std::int64_t in = high ? -water : water;
  const std::int64_t most = std::max<std::int64_t>(gate.most_in_units + gate.out_units, 0);
  if (in > most) {
    // As if the gate were open for a part of the step only.
    const Real open = static_cast<Real>(most) / static_cast<Real>(in);
    water = static_cast<Units>(high ? -most : most);
    *faces.before.at(at) *= open;
    *faces.after.at(at) *= open;
    *faces.across.at(at) *= open;
  }
  gate.out_units += high ? water : -water;
  gate.along_m2ps += static_cast<double>(high ? *faces.after.at(at) : -*faces.before.at(at));
  gate.across_m2ps += static_cast<double>(high ? *faces.across.at(at) : -*faces.across.at(at));
}

template <typename Real>
void FiniteVolumeSolver<Real>::pass_joints(const TileBlock& block, const Tiling::Cells& cells,
                                           std::size_t row, bool left_faces, FaceRow<Real>& faces) {
  const auto pass = [&](std::size_t own_row) {
    const std::size_t first = tiling_.tile_of(cells.first_column, own_row);
    for (std::size_t tile = first; tile < first + block.across; ++tile) {
      for (const std::uint32_t number : joints_of_[tile]) {
        const Joint& joint = joints_[number];
        const bool high = is_high(joint.side);
        if (joint.cell / field_.shape.columns != own_row) continue;
        if (is_along_x(joint.side) != left_faces) continue;
        if (!left_faces && own_row + (high ? 1 : 0) != row) continue;
        const auto at =
            static_cast<std::ptrdiff_t>(joint.cell % field_.shape.columns - cells.first_column) +
            (left_faces && high ? 1 : 0);
        const auto water = static_cast<Units>(joint.in_units);
        const auto along = static_cast<Real>(joint.along_m2ps);
        const auto across = static_cast<Real>(joint.across_m2ps);
        *faces.water.at(at) = high ? -water : water;
        *faces.before.at(at) = high ? -along : along;
        *faces.after.at(at) = high ? -along : along;
        *faces.across.at(at) = high ? -across : across;
      }
    }
  };
  if (row < cells.end_row) pass(row);
  if (!left_faces && row > cells.first_row) pass(row - 1);
}

#define KONTWIN_INTERFACES(Real)                                                              \
  template CellState FiniteVolumeSolver<Real>::state(std::size_t) const;                      \
  template void FiniteVolumeSolver<Real>::show_beyond(std::size_t, const CellState&);         \
  template double FiniteVolumeSolver<Real>::fastest_wave_mps();                               \
  template void FiniteVolumeSolver<Real>::connect();                                          \
  template void FiniteVolumeSolver<Real>::mark_interfaces();                                  \
  template double FiniteVolumeSolver<Real>::beyond_wave_mps() const;                          \
  template void FiniteVolumeSolver<Real>::fill_gates();                                       \
  template void FiniteVolumeSolver<Real>::meet_others(const FiniteVolumeStep<Real>&, double); \
  template void FiniteVolumeSolver<Real>::pass_gate(Gate&, std::ptrdiff_t, FaceRow<Real>&);   \
  template void FiniteVolumeSolver<Real>::pass_joints(const TileBlock&, const Tiling::Cells&, \
                                                      std::size_t, bool, FaceRow<Real>&);
KONTWIN_INTERFACES(float)
KONTWIN_INTERFACES(double)

}  // namespace kontwin::flood
