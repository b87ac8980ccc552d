// The two velocity models: a direction from the wish and the people around, then a speed from the
// room ahead in that direction.

#include <cmath>

#include "scenarios/evacuation/crowd/movement_kernels.hpp"
#include "scenarios/evacuation/crowd/neighbours.hpp"

namespace kontwin::crowd {

namespace {

constexpr float push_time_s = 0.5F, most_push_mps = 0.3F;
/// Beyond this many ranges what others do to a direction is left out: e^-6 of it.
constexpr float ranges_seen = 6.0F;
/// Of how alike two ways are: within 60 degrees of opposite.
constexpr float towards = -0.5F;
/// What all others together add to a wish of 1 across it: up to 45 degrees.
constexpr float most_aside = 1.0F;
/// Wider than this two do not squeeze past each other: somebody on foot and a wheelchair.
constexpr float widest_squeeze_m = 0.45F;

struct Heading {
  float x, y;
};

/// What the others around add up to, lane by lane.
struct Influence {
  float turn_x[lanes] = {}, turn_y[lanes] = {};
  float aside[lanes] = {};  // along the normal of the wish, to its left
  float push_x[lanes] = {}, push_y[lanes] = {};
};

/// Tordeux et al. 2016, equation 6: away from each, a exp((l - s) / D).
KONTWIN_INLINE void turn_from_distance(const Walker& me, const MovementOptions& options,
                                       const Stretch& others, const float (&near)[lanes],
                                       Influence& all) {
  const float per_range = 1 / options.neighbour_range_m;
  for (int i = 0; i < lanes; ++i) {
    const float dx = me.x - others.x[i], dy = me.y - others.y[i];
    const float distance = larger(1e-3F, std::sqrt(dx * dx + dy * dy));
    const float overlap = me.radius + others.radius[i] - distance;
    const float per = near[i] / distance;
    const float turn =
        options.neighbour_strength * per * exponential(smaller(0.0F, overlap * per_range));
    const float push = per * larger(0.0F, overlap);
    all.turn_x[i] += turn * dx;
    all.turn_y[i] += turn * dy;
    all.push_x[i] += push * dx;
    all.push_y[i] += push * dy;
  }
}

/// Xu et al. 2021, equations 1 to 6: to the side of where somebody ahead will be; and away from who
/// is about to touch. Who comes towards is passed on one side rather than given a wider berth:
/// their stronger turn from them leaves two streams less room. Together they turn nobody further
/// from its way than `most_aside`: in a crowd that comes towards it would stand across it.
KONTWIN_INLINE void turn_from_prediction(const Walker& me, const MovementOptions& options,
                                         const Stretch& others, const float (&near)[lanes],
                                         Influence& all) {
  const float per_range = 1 / options.neighbour_range_m;
  const float ahead_s = options.anticipation_s;
  const float per_contact = 1 / options.contact_range_m;
  const float passing_side_m = options.passing_side_m;  // read inside, the loop is no vector
  // Who squeeze past each other do not part, or both would stand.
  const float parting = options.squeeze_mps > 0 ? 0.0F : 1.0F;
  for (int i = 0; i < lanes; ++i) {
    const float dx = others.x[i] - me.x, dy = others.y[i] - me.y;
    const float distance = larger(1e-3F, std::sqrt(dx * dx + dy * dy));
    const float per = 1 / distance;
    const float room = distance - me.radius - others.radius[i];
    const float closing = ((me.vx - others.vx[i]) * dx + (me.vy - others.vy[i]) * dy) * per;
    const float predicted = larger(0.0F, room - closing * ahead_s);
    const float alike = me.wish_x * others.heading_x[i] + me.wish_y * others.heading_y[i];
    const float strength = options.neighbour_strength * exponential(-predicted * per_range);
    const float then_x = dx + others.vx[i] * ahead_s, then_y = dy + others.vy[i] * ahead_s;
    const float left = me.wish_x * then_y - me.wish_y * then_x;
    const bool seen =
        dx * me.wish_x + dy * me.wish_y >= 0 || dx * me.heading_x + dy * me.heading_y >= 0;
    const float turn = seen ? strength * near[i] : 0.0F;
    const float squeezes = distance - room < widest_squeeze_m ? alike : 1.0F;
    const float parted = squeezes < towards ? parting : 1.0F;
    const float push = parted * near[i] * larger(0.0F, -room) * per;
    const float closeness = smaller(1.0F, larger(0.0F, 1.0F - room * per_contact));
    const float away = parted * options.contact_strength * near[i] * closeness * per;
    const float side = left + (alike < towards ? passing_side_m : 0.0F);
    all.aside[i] += side > 0 ? -turn : turn;
    all.turn_x[i] -= away * dx;
    all.turn_y[i] -= away * dy;
    all.push_x[i] -= push * dx;
    all.push_y[i] -= push * dy;
  }
}

/// The room to whom it would walk into along its heading, lane by lane; to who comes towards at
/// least `squeeze_m`.
KONTWIN_INLINE void room_ahead(const Walker& me, Heading heading, const Stretch& others,
                               const float (&near)[lanes], float squeeze_m, float (&room)[lanes]) {
  for (int i = 0; i < lanes; ++i) {
    const float dx = others.x[i] - me.x, dy = others.y[i] - me.y;
    const float distance = std::sqrt(dx * dx + dy * dy);
    const float bodies = me.radius + others.radius[i];
    const float along = dx * heading.x + dy * heading.y;
    const float across = std::fabs(dx * heading.y - dy * heading.x);
    const float alike = me.wish_x * others.heading_x[i] + me.wish_y * others.heading_y[i];
    const float squeezes = bodies < widest_squeeze_m ? alike : 1.0F;
    const float least_m = squeezes < towards ? squeeze_m : 0.0F;
    // Chosen number by number: a condition of several makes branches, and the loop no vector.
    float free_m = larger(distance - bodies, least_m);
    free_m = along > 0 ? free_m : 1e9F;
    free_m = across <= bodies ? free_m : 1e9F;
    free_m = near[i] > 0 ? free_m : 1e9F;
    room[i] = smaller(room[i], free_m);
  }
}

/// Adds to a direction what turns it from walls.
KONTWIN_INLINE void turn_from_walls(const Walker& me, const MovementOptions& options,
                                    NearWalls walls, float& to_x, float& to_y) {
  for (const WallIndex::Wall* wall = walls.begin; wall != walls.end; ++wall) {
    const WallDistance to = distance_to(*wall, me.x, me.y, me.z);
    const float inside = smaller(0.0F, me.radius - to.distance_m) / options.wall_range_m;
    if (!to.same_level || inside < -ranges_seen) continue;
    const float turn = options.wall_strength * exponential(inside);
    to_x += turn * to.nx;
    to_y += turn * to.ny;
  }
}

/// The heading of a step: `share` of the way from the one it had to where it would go.
KONTWIN_INLINE Heading turned(const Walker& me, float to_x, float to_y, float share) {
  const float length = std::sqrt(to_x * to_x + to_y * to_y);
  if (!(length > 1e-6F)) return {me.heading_x, me.heading_y};
  float ux = to_x / length, uy = to_y / length;
  // Halfway between two opposite headings is none: who would go back turns by the nearer side.
  constexpr float opposite = -0.98F;
  if (share < 1 && me.wish_x * me.heading_x + me.wish_y * me.heading_y < opposite) {
    const float side = me.heading_x * uy - me.heading_y * ux < 0 ? -1.0F : 1.0F;
    ux = -side * me.heading_y;
    uy = side * me.heading_x;
  }
  const float x = me.heading_x + (ux - me.heading_x) * share;
  const float y = me.heading_y + (uy - me.heading_y) * share;
  const float norm = std::sqrt(x * x + y * y);
  if (norm > 1e-3F) return {x / norm, y / norm};
  return {to_x / length, to_y / length};
}

/// Share of its speed at which somebody walks who is turned back from its wish, by others and by
/// contact: who cannot get on does not hurry away and round again. All of it up to 127 degrees, for
/// who walk against each other get past by giving way; six tenths straight back.
KONTWIN_INLINE float pace_towards(const Walker& me, Heading heading) {
  constexpr float straight_back = 0.6F;
  const float along = me.wish_x * heading.x + me.wish_y * heading.y;
  return smaller(1.0F, straight_back + 1 + along);
}

/// Adds to a velocity what parts bodies that overlap.
KONTWIN_INLINE void push_apart(const Influence& all, float& vx, float& vy) {
  const float x = sum(all.push_x) * (0.5F / push_time_s);
  const float y = sum(all.push_y) * (0.5F / push_time_s);
  const float push = std::sqrt(x * x + y * y);
  const float share = push > most_push_mps ? most_push_mps / push : 1.0F;
  vx += x * share;
  vy += y * share;
}

template <bool anticipation, bool levels>
KONTWIN_INLINE void step_rows(const Surroundings& around, const MovementOptions& options,
                              std::size_t begin, std::size_t end, const Moved& moved) {
  const Pedestrians& people = *around.people;
  const CellGrid& grid = around.cells->grid();
  // The speed that is reached by nobody in the way grows to the wish in the time to accelerate.
  const float growth = options.step_s / options.acceleration_s;
  const float squeeze_m = anticipation ? options.squeeze_mps * options.time_gap_s : 0.0F;
  const float turning = anticipation ? smaller(1.0F, options.step_s / options.turning_s) : 1.0F;
  for (std::size_t i = begin; i < end; ++i) {
    const float wish = people.wish_mps[i];
    Walker me{people.x_m[i],
              people.y_m[i],
              people.z_m[i],
              people.radius_m[i],
              people.wish_x[i],
              people.wish_y[i],
              people.heading_x[i],
              people.heading_y[i],
              people.vx_mps[i],
              people.vy_mps[i],
              0};
    const float had = std::sqrt(me.vx * me.vx + me.vy * me.vy);
    const float most = smaller(wish, had + wish * growth);
    const float seen = anticipation
                           ? larger(most * options.anticipation_s, options.contact_range_m) +
                                 2 * options.neighbour_range_m
                           : options.neighbour_range_m * ranges_seen;
    const float reach =
        me.radius + around.greatest_radius_m + larger(options.time_gap_s * most, seen);
    me.reach_square = reach * reach;
    const Window window = window_of(grid, me.x, me.y, me.z, reach);
    const NearWalls walls = walls_near(*around.walls, me.x, me.y);

    Influence all;
    Remembered met;
    for_each_stretch<levels>(
        around, me, window, walls, i,
        [&](std::uint32_t at, const Stretch& others, const float(&near)[lanes])
            __attribute__((always_inline)) {
              met.keep(at, near);
              if constexpr (anticipation) {
                turn_from_prediction(me, options, others, near, all);
              } else {
                turn_from_distance(me, options, others, near, all);
              }
            });
    float vx = 0, vy = 0;
    Heading heading{me.heading_x, me.heading_y};
    if (most > 0) {
      float to_x = me.wish_x + sum(all.turn_x), to_y = me.wish_y + sum(all.turn_y);
      if constexpr (anticipation) {
        const float aside = larger(-most_aside, smaller(most_aside, sum(all.aside)));
        to_x -= aside * me.wish_y;
        to_y += aside * me.wish_x;
      }
      turn_from_walls(me, options, walls, to_x, to_y);
      heading = turned(me, to_x, to_y, turning);
      float room[lanes];
      for (float& one : room) one = 1e9F;
      if (met.count <= Remembered::most) {
        for (int k = 0; k < met.count; ++k) {
          room_ahead(me, heading, stretch_at(people, met.first[k], lanes), met.near[k], squeeze_m,
                     room);
        }
      } else {
        for_each_stretch<levels>(
            around, me, window, walls, i,
            [&](std::uint32_t, const Stretch& others, const float(&near)[lanes]) __attribute__((
                always_inline)) { room_ahead(me, heading, others, near, squeeze_m, room); });
      }
      const float pace = anticipation ? pace_towards(me, heading) : 1.0F;
      const float speed = smaller(most * pace, larger(0.0F, least(room)) / options.time_gap_s);
      vx = speed * heading.x;
      vy = speed * heading.y;
    }
    push_apart(all, vx, vy);
    keep_out_of_walls(walls, me.x, me.y, me.z, me.radius, options.step_s, vx, vy);
    moved.x_m[i] = me.x + vx * options.step_s;
    moved.y_m[i] = me.y + vy * options.step_s;
    moved.vx_mps[i] = vx;
    moved.vy_mps[i] = vy;
    moved.heading_x[i] = heading.x;
    moved.heading_y[i] = heading.y;
  }
}

}  // namespace

KONTWIN_CLONES void step_collision_free_speed(const Surroundings& around,
                                              const MovementOptions& options, std::size_t begin,
                                              std::size_t end, const Moved& moved) {
  if (around.cells->grid().levels) {
    step_rows<false, true>(around, options, begin, end, moved);
  } else {
    step_rows<false, false>(around, options, begin, end, moved);
  }
}

KONTWIN_CLONES void step_anticipation(const Surroundings& around, const MovementOptions& options,
                                      std::size_t begin, std::size_t end, const Moved& moved) {
  if (around.cells->grid().levels) {
    step_rows<true, true>(around, options, begin, end, moved);
  } else {
    step_rows<true, false>(around, options, begin, end, moved);
  }
}

}  // namespace kontwin::crowd
