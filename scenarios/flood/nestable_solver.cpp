#include "scenarios/flood/nestable_solver.hpp"

#include <cmath>

namespace kontwin::flood {

namespace {

/// Between two cells; the depth is what the surface leaves over the ground.
CellState between(const CellState& from, const CellState& to, double share) {
  CellState state;
  state.ground_m = std::lerp(from.ground_m, to.ground_m, share);
  state.depth_m = std::lerp(from.surface_m(), to.surface_m(), share) - state.ground_m;
  state.east_mps = std::lerp(from.east_mps, to.east_mps, share);
  state.north_mps = std::lerp(from.north_mps, to.north_mps, share);
  state.friction = std::lerp(from.friction, to.friction, share);
  return state;
}

}  // namespace

Ghosts ghosts_beyond(const Gate& gate, const CellState& inside, double dry_depth_m) {
  const CellState& near = gate.near;
  if (gate.ratio == 1) return {near, gate.far};
  const bool wet = inside.depth_m > dry_depth_m && near.depth_m > dry_depth_m;
  // A wall is a step; where it is dry on one side there is no surface to go between.
  if (!wet || std::isfinite(gate.wall_top_m)) return {near, near};
  // In cells of the inset from the face: its own cell at -1/2, those beyond at ratio/2 and 3
  // ratio/2.
  const double to_near = (gate.ratio + 1) / 2.0;
  const auto at = [&](double along) {
    if (along <= to_near) return between(inside, near, along / to_near);
    const bool far_wet = gate.far.depth_m > dry_depth_m;
    return far_wet ? between(near, gate.far, (along - to_near) / gate.ratio) : near;
  };
  return {at(1), at(2)};
}

}  // namespace kontwin::flood
