#pragma once

#include <functional>

#include "scenarios/evacuation/crowd/movement_kernels.hpp"

namespace kontwin::crowd {

/// People among walls, moved step by step: what the kernels need kept in order. It knows nothing of
/// where people want to go; that is asked for each step. The same on any number of threads.
class CrowdMotion {
 public:
  /// Rows [begin, end) of `people`, from several threads at once.
  using Rows = std::function<void(std::size_t begin, std::size_t end)>;

  /// Throws ScenarioError when an option is outside its range.
  CrowdMotion(const Walls& walls, const CellBox& box, const MovementOptions& options,
              ComputeArena& arena);

  Pedestrians people;

  /// Positions before the last step, by row.
  const std::vector<float>& before_x_m() const { return x_m_; }
  const std::vector<float>& before_y_m() const { return y_m_; }

  /// When a door has shut or opened, or a blockage appeared.
  void set_walls(const Walls& walls);
  /// Puts the people in the order of their places. Rows change here and in no other call.
  void sort() { cells_.sort(people, arena_); }
  /// One time step of everybody: `wish` sets the wish columns of its rows, then they are moved,
  /// then `settle` (may be empty) sees them at their new places. Call `sort` before.
  void step(const Rows& wish, const Rows& settle);

  const MovementOptions& options() const { return options_; }
  const CellList& cells() const { return cells_; }

 private:
  void swap_columns();

  CellBox box_;
  MovementOptions options_;
  ComputeArena& arena_;
  CellList cells_;
  WallIndex walls_;
  std::vector<float> x_m_, y_m_, vx_mps_, vy_mps_, heading_x_, heading_y_;
};

}  // namespace kontwin::crowd
