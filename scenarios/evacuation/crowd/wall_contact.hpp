#pragma once

// What kernels ask of the walls near a person.

#include <cmath>

#include "scenarios/evacuation/crowd/lanes.hpp"
#include "scenarios/evacuation/crowd/movement_kernels.hpp"

namespace kontwin::crowd {

/// Walls near a place: a stretch of the index.
struct NearWalls {
  const WallIndex::Wall* begin;
  const WallIndex::Wall* end;
};

KONTWIN_INLINE NearWalls walls_near(const WallIndex& index, float x, float y) {
  const std::uint32_t cell = index.cell(x, y);
  return {index.walls() + index.begin()[cell], index.walls() + index.begin()[cell + 1]};
}

/// The point of a wall that is nearest, seen from it: away from the wall, and how far.
struct WallDistance {
  float nx, ny;  ///< unit vector from the wall to the person; 0 on the wall itself
  float distance_m;
  bool same_level;
};

KONTWIN_INLINE WallDistance distance_to(const WallIndex::Wall& wall, float x, float y, float z) {
  const float ax = x - wall.ax_m, ay = y - wall.ay_m;
  const float along = (ax * wall.ex_m + ay * wall.ey_m) * wall.per_square_m;
  const float t = larger(0.0F, smaller(1.0F, along));
  const float dx = ax - t * wall.ex_m, dy = ay - t * wall.ey_m;
  const float distance = std::sqrt(dx * dx + dy * dy);
  const float per = distance > 0 ? 1 / distance : 0.0F;
  const float dz = z - (wall.az_m + t * wall.rise_m);
  return {dx * per, dy * per, distance, dz < same_level_m && dz > -same_level_m};
}

/// Takes out of a velocity what would bring a body into a wall within a step, so that it slides
/// along; two walls that both forbid it stop it.
KONTWIN_INLINE void keep_out_of_walls(NearWalls near, float x, float y, float z, float radius,
                                      float step_s, float& vx, float& vy) {
  if (near.begin == near.end) return;
  const float per_step = 1 / step_s;
  for (int round = 0; round < 3; ++round) {
    bool changed = false;
    for (const WallIndex::Wall* wall = near.begin; wall != near.end; ++wall) {
      const WallDistance to = distance_to(*wall, x, y, z);
      if (!to.same_level) continue;
      const float least = -larger(0.0F, to.distance_m - radius) * per_step;
      const float away = vx * to.nx + vy * to.ny;
      if (away >= least - 1e-5F) continue;
      vx += (least - away) * to.nx;
      vy += (least - away) * to.ny;
      changed = true;
    }
    if (!changed) return;
  }
  for (const WallIndex::Wall* wall = near.begin; wall != near.end; ++wall) {
    const WallDistance to = distance_to(*wall, x, y, z);
    const float least = -larger(0.0F, to.distance_m - radius) * per_step;
    if (to.same_level && vx * to.nx + vy * to.ny < least - 1e-4F) {
      vx = vy = 0;
      return;
    }
  }
}

}  // namespace kontwin::crowd
