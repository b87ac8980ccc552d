#pragma once

#include <cstddef>
#include <cstdint>

#include "scenarios/evacuation/crowd/cell_list.hpp"
#include "scenarios/evacuation/crowd/movement_options.hpp"
#include "scenarios/evacuation/crowd/wall_index.hpp"

namespace kontwin::crowd {

/// What the kernels read: people in the order of a CellList and the walls.
struct Surroundings {
  const Pedestrians* people = nullptr;
  const CellList* cells = nullptr;
  const WallIndex* walls = nullptr;
  float greatest_radius_m = 0;  ///< of all people
};

/// Where people are after a step, and how they move; rows as in Surroundings.
struct Moved {
  float* x_m = nullptr;
  float* y_m = nullptr;
  float* vx_mps = nullptr;
  float* vy_mps = nullptr;
  float* heading_x = nullptr;
  float* heading_y = nullptr;
};

/// One step of rows `begin` to `end`: the direction from the wish and those around, the speed from
/// the room ahead (velocity models), and no body through a wall. Who overlaps is pushed apart by at
/// most 0.3 m/s. Rows may be computed in any order and at the same time.
void step_collision_free_speed(const Surroundings& around, const MovementOptions& options,
                               std::size_t begin, std::size_t end, const Moved& moved);
void step_anticipation(const Surroundings& around, const MovementOptions& options,
                       std::size_t begin, std::size_t end, const Moved& moved);

/// The same with forces (Helbing, Farkas and Vicsek 2000), one step of `step_s`.
void step_social_force(const Surroundings& around, const MovementOptions& options, float step_s,
                       std::size_t begin, std::size_t end, const Moved& moved);

}  // namespace kontwin::crowd
