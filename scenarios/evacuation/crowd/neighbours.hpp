#pragma once

// Who is near a person: the search that the velocity models walk over twice.

#include "scenarios/evacuation/crowd/wall_contact.hpp"

namespace kontwin::crowd {

/// The person whose step is computed, in registers.
struct Walker {
  float x, y, z, radius;
  float wish_x, wish_y;        // where it wants to go
  float heading_x, heading_y;  // where it went
  float vx, vy;
  float reach_square;
};

/// Columns of some neighbours, from one of them on, and which lanes count.
struct Stretch {
  const float *x, *y, *z, *radius, *vx, *vy, *heading_x, *heading_y;
  std::int32_t count;  // lanes in use
};

KONTWIN_INLINE Stretch stretch_at(const Pedestrians& people, std::uint32_t first,
                                  std::int32_t count) {
  return {&people.x_m[first],       &people.y_m[first],       &people.z_m[first],
          &people.radius_m[first],  &people.vx_mps[first],    &people.vy_mps[first],
          &people.heading_x[first], &people.heading_y[first], count};
}

/// Lanes that hold somebody near on the same level, not the walker itself: 1, else 0.
template <bool levels>
KONTWIN_INLINE void who_is_near(const Walker& me, const Stretch& others, std::int32_t self,
                                float (&near)[lanes]) {
  for (int i = 0; i < lanes; ++i) {
    const float dx = others.x[i] - me.x, dy = others.y[i] - me.y;
    bool here = i < others.count && i != self && dx * dx + dy * dy < me.reach_square;
    if constexpr (levels) {
      const float dz = others.z[i] - me.z;
      here = here && dz < same_level_m && dz > -same_level_m;
    }
    near[i] = here ? 1.0F : 0.0F;
  }
}

/// Takes out whoever stands behind a wall of the same storey: the line between the two crosses it.
template <bool levels>
KONTWIN_INLINE void hide_behind(const WallIndex::Wall& wall, const Walker& me,
                                const Stretch& others, float (&near)[lanes]) {
  const float ax = wall.ax_m - me.x, ay = wall.ay_m - me.y;
  const float bx = ax + wall.ex_m, by = ay + wall.ey_m;
  const float my_side = ax * wall.ey_m - ay * wall.ex_m;
  // Farther than anybody who is seen.
  if (my_side * my_side * wall.per_square_m > me.reach_square) return;
  if constexpr (levels) {
    if (!distance_to(wall, me.x, me.y, me.z).same_level) return;
  }
  for (int i = 0; i < lanes; ++i) {
    const float dx = others.x[i] - me.x, dy = others.y[i] - me.y;
    const float its_side = my_side - (dx * wall.ey_m - dy * wall.ex_m);
    const float a_side = ax * dy - ay * dx, b_side = bx * dy - by * dx;
    const bool hidden = my_side * its_side < 0 && a_side * b_side <= 0;
    near[i] = hidden ? 0.0F : near[i];
  }
}

struct Window {
  std::int32_t first_storey, last_storey, first_row, last_row, first_column, last_column;
};

KONTWIN_INLINE Window window_of(const CellGrid& grid, float x, float y, float z, float reach) {
  return {grid.storey(z - same_level_m), grid.storey(z + same_level_m), grid.row(y - reach),
          grid.row(y + reach),           grid.column(x - reach),        grid.column(x + reach)};
}

/// Who was near at a first walk over a window, for a second one.
struct Remembered {
  static constexpr int most = 24;
  std::uint32_t first[most];
  float near[most][lanes];
  int count = 0;  ///< also of stretches that found no room

  void keep(std::uint32_t at, const float (&who)[lanes]) {
    if (count < most) {
      first[count] = at;
      std::memcpy(near[count], who, sizeof who);
    }
    ++count;
  }
};

/// Calls `visit(first row, stretch, near)` for everybody in the window.
template <bool levels, typename Visit>
KONTWIN_INLINE void for_each_stretch(const Surroundings& around, const Walker& me,
                                     const Window& window, NearWalls walls, std::size_t self,
                                     const Visit& visit) {
  const CellGrid& grid = around.cells->grid();
  const std::uint32_t* begin = around.cells->begin().data();
  for (std::int32_t storey = window.first_storey; storey <= window.last_storey; ++storey) {
    for (std::int32_t row = window.first_row; row <= window.last_row; ++row) {
      const std::uint32_t last = begin[grid.cell(storey, row, window.last_column) + 1];
      for (std::uint32_t at = begin[grid.cell(storey, row, window.first_column)]; at < last;
           at += lanes) {
        const Stretch others = stretch_at(*around.people, at, static_cast<std::int32_t>(last - at));
        float near[lanes];
        who_is_near<levels>(me, others,
                            static_cast<std::int32_t>(self) - static_cast<std::int32_t>(at), near);
        for (const WallIndex::Wall* wall = walls.begin; wall != walls.end; ++wall) {
          hide_behind<levels>(*wall, me, others, near);
        }
        visit(at, others, near);
      }
    }
  }
}

}  // namespace kontwin::crowd
