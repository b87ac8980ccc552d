#pragma once

#include <algorithm>
#include <cmath>
#include <functional>

#include "scenarios/evacuation/crowd/crowd_motion.hpp"

namespace kontwin::testing {

/// Walls of a plan, written down one after the other.
struct Plan {
  crowd::Walls walls;

  Plan& wall(float ax, float ay, float bx, float by, float z = 0) {
    walls.ax_m.push_back(ax);
    walls.ay_m.push_back(ay);
    walls.bx_m.push_back(bx);
    walls.by_m.push_back(by);
    walls.az_m.push_back(z);
    walls.bz_m.push_back(z);
    return *this;
  }
  Plan& box(float x0, float y0, float x1, float y1, float z = 0) {
    return wall(x0, y0, x1, y0, z)
        .wall(x1, y0, x1, y1, z)
        .wall(x1, y1, x0, y1, z)
        .wall(x0, y1, x0, y0, z);
  }
};

/// People who each walk one way at one speed, whatever is in it.
struct People {
  People(const Plan& plan, const crowd::MovementOptions& options, std::size_t threads = 1)
      : arena(threads), motion(plan.walls, crowd::box_around(plan.walls), options, arena) {}

  struct Wish {
    float x, y, mps;
  };

  std::uint32_t add(float x, float y, Wish wish, float radius = 0.15F, float z = 0) {
    crowd::Pedestrians& people = motion.people;
    const std::size_t row = people.count();
    people.resize(row + 1);
    people.x_m[row] = x;
    people.y_m[row] = y;
    people.z_m[row] = z;
    people.heading_x[row] = wish.x;
    people.heading_y[row] = wish.y;
    people.radius_m[row] = radius;
    people.person[row] = static_cast<std::uint32_t>(row);
    wishes.push_back(wish);
    return static_cast<std::uint32_t>(row);
  }

  void walk(double seconds) {
    const auto steps = std::lround(seconds / static_cast<double>(motion.options().step_s));
    for (long step = 0; step < steps; ++step) {
      motion.sort();
      motion.step(
          [this](std::size_t begin, std::size_t end) {
            for (std::size_t row = begin; row < end; ++row) {
              const Wish& wish = wishes[motion.people.person[row]];
              motion.people.wish_x[row] = wish.x;
              motion.people.wish_y[row] = wish.y;
              motion.people.wish_mps[row] = wish.mps;
            }
          },
          {});
      if (after_step) after_step();
    }
  }

  std::size_t row_of(std::uint32_t person) const {
    const auto& column = motion.people.person;
    return static_cast<std::size_t>(std::find(column.begin(), column.end(), person) -
                                    column.begin());
  }
  float x(std::uint32_t person) const { return motion.people.x_m[row_of(person)]; }
  float y(std::uint32_t person) const { return motion.people.y_m[row_of(person)]; }

  /// How far two bodies reach into each other at most, m; 0 when none touch.
  float deepest_overlap() const {
    const crowd::Pedestrians& all = motion.people;
    float deepest = 0;
    for (std::size_t a = 0; a < all.count(); ++a) {
      for (std::size_t b = a + 1; b < all.count(); ++b) {
        if (std::fabs(all.z_m[a] - all.z_m[b]) >= crowd::same_level_m) continue;
        const float apart = std::hypot(all.x_m[a] - all.x_m[b], all.y_m[a] - all.y_m[b]);
        deepest = std::max(deepest, all.radius_m[a] + all.radius_m[b] - apart);
      }
    }
    return deepest;
  }

  ComputeArena arena;
  crowd::CrowdMotion motion;
  std::vector<Wish> wishes;  ///< [person]
  std::function<void()> after_step;
};

}  // namespace kontwin::testing
