#include <cmath>

#include "scenarios/evacuation/crowd/wall_contact.hpp"

namespace kontwin::crowd {

namespace {

constexpr float ranges_seen = 8.0F;  // beyond it a force is below e^-8 of its greatest
constexpr float most_mps = 5.0F;     // nobody is thrown faster
/// Of friction between bodies: what a step takes without turning the slip round.
constexpr float friction_share_of_step = 0.5F;

/// The forces on one person, lane by lane.
struct Force {
  float x[lanes] = {}, y[lanes] = {};
};

/// Equations 2 and 3 of Helbing, Farkas and Vicsek 2000 for `count` people from row `first` on.
template <bool levels>
KONTWIN_INLINE void add_people(const Pedestrians& people, std::uint32_t first, std::int32_t count,
                               std::size_t me, const MovementOptions& options, float reach_square,
                               float most_friction, Force& force) {
  const float *x = &people.x_m[first], *y = &people.y_m[first], *z = &people.z_m[first];
  const float *vx = &people.vx_mps[first], *vy = &people.vy_mps[first];
  const float* radius = &people.radius_m[first];
  const float my_x = people.x_m[me], my_y = people.y_m[me], my_z = people.z_m[me];
  const float my_vx = people.vx_mps[me], my_vy = people.vy_mps[me];
  const float my_radius = people.radius_m[me];
  const std::int32_t self = static_cast<std::int32_t>(me) - static_cast<std::int32_t>(first);
  const float per_range = 1 / options.repulsion_range_m;
  for (int i = 0; i < lanes; ++i) {
    const float dx = my_x - x[i], dy = my_y - y[i];
    const float square = dx * dx + dy * dy;
    bool near = i < count && i != self && square < reach_square;
    if constexpr (levels) {
      const float dz = z[i] - my_z;
      near = near && dz < same_level_m && dz > -same_level_m;
    }
    const float distance = larger(1e-3F, std::sqrt(square));
    const float nx = dx / distance, ny = dy / distance;
    const float overlap = my_radius + radius[i] - distance;
    const float pressed = larger(0.0F, overlap);
    // Bodies that begin inside one another part without being shot away.
    const float away = options.repulsion_mps2 * exponential(smaller(2.0F, overlap * per_range)) +
                       options.body_per_s2 * smaller(pressed, 0.05F);
    const float slip = (vx[i] - my_vx) * -ny + (vy[i] - my_vy) * nx;
    const float rub = smaller(options.friction_per_ms * pressed, most_friction) * slip;
    force.x[i] += near ? away * nx - rub * ny : 0.0F;
    force.y[i] += near ? away * ny + rub * nx : 0.0F;
  }
}

template <bool levels>
KONTWIN_INLINE void step_rows(const Surroundings& around, const MovementOptions& options,
                              float step_s, std::size_t begin, std::size_t end,
                              const Moved& moved) {
  const Pedestrians& people = *around.people;
  const CellGrid& grid = around.cells->grid();
  const std::uint32_t* cells = around.cells->begin().data();
  const float most_friction = friction_share_of_step / step_s;
  for (std::size_t i = begin; i < end; ++i) {
    const float x = people.x_m[i], y = people.y_m[i], z = people.z_m[i];
    const float radius = people.radius_m[i];
    float vx = people.vx_mps[i], vy = people.vy_mps[i];
    const float reach = radius + around.greatest_radius_m + ranges_seen * options.repulsion_range_m;
    Force force;
    const std::int32_t first_column = grid.column(x - reach), last_column = grid.column(x + reach);
    const std::int32_t last_row = grid.row(y + reach), last_storey = grid.storey(z + same_level_m);
    for (std::int32_t storey = grid.storey(z - same_level_m); storey <= last_storey; ++storey) {
      for (std::int32_t row = grid.row(y - reach); row <= last_row; ++row) {
        const std::uint32_t last = cells[grid.cell(storey, row, last_column) + 1];
        for (std::uint32_t at = cells[grid.cell(storey, row, first_column)]; at < last;
             at += lanes) {
          add_people<levels>(people, at, static_cast<std::int32_t>(last - at), i, options,
                             reach * reach, most_friction, force);
        }
      }
    }
    float ax = (people.wish_mps[i] * people.wish_x[i] - vx) / options.acceleration_s;
    float ay = (people.wish_mps[i] * people.wish_y[i] - vy) / options.acceleration_s;
    ax += sum(force.x);
    ay += sum(force.y);
    const NearWalls walls = walls_near(*around.walls, x, y);
    for (const WallIndex::Wall* wall = walls.begin; wall != walls.end; ++wall) {
      const WallDistance to = distance_to(*wall, x, y, z);
      if (!to.same_level) continue;
      const float overlap = radius - to.distance_m, pressed = larger(0.0F, overlap);
      const float away = options.repulsion_mps2 * exponential(overlap / options.repulsion_range_m) +
                         options.body_per_s2 * pressed;
      const float slip = vx * -to.ny + vy * to.nx;
      const float rub = smaller(options.friction_per_ms * pressed, most_friction) * slip;
      ax += away * to.nx + rub * to.ny;
      ay += away * to.ny - rub * to.nx;
    }
    vx += ax * step_s;
    vy += ay * step_s;
    const float speed = std::sqrt(vx * vx + vy * vy);
    if (speed > most_mps) {
      vx *= most_mps / speed;
      vy *= most_mps / speed;
    }
    // A body gives way when pressed against a wall, but not more than half.
    keep_out_of_walls(walls, x, y, z, 0.5F * radius, step_s, vx, vy);
    moved.x_m[i] = x + vx * step_s;
    moved.y_m[i] = y + vy * step_s;
    moved.vx_mps[i] = vx;
    moved.vy_mps[i] = vy;
    const bool walks = speed > 0.05F;
    moved.heading_x[i] =
        walks ? vx / larger(1e-3F, std::sqrt(vx * vx + vy * vy)) : people.heading_x[i];
    moved.heading_y[i] =
        walks ? vy / larger(1e-3F, std::sqrt(vx * vx + vy * vy)) : people.heading_y[i];
  }
}

}  // namespace

KONTWIN_CLONES void step_social_force(const Surroundings& around, const MovementOptions& options,
                                      float step_s, std::size_t begin, std::size_t end,
                                      const Moved& moved) {
  if (around.cells->grid().levels) {
    step_rows<true>(around, options, step_s, begin, end, moved);
  } else {
    step_rows<false>(around, options, step_s, begin, end, moved);
  }
}

}  // namespace kontwin::crowd
