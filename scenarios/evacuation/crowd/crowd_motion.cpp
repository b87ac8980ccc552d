#include "scenarios/evacuation/crowd/crowd_motion.hpp"

#include <algorithm>
#include <span>

#include "scenarios/evacuation/crowd/lanes.hpp"

namespace kontwin::crowd {

namespace {

/// Of the social force model in a time step: bodies in contact are stiff.
constexpr int force_steps = 5;

const MovementOptions& checked(const MovementOptions& options) {
  check(options);
  return options;
}

float greatest_of(std::span<const float> values) {
  float most[lanes] = {};
  std::size_t i = 0;
  for (; i + lanes <= values.size(); i += lanes) {
    for (std::size_t k = 0; k < lanes; ++k) most[k] = larger(most[k], values[i + k]);
  }
  for (; i < values.size(); ++i) most[0] = larger(most[0], values[i]);
  return *std::max_element(most, most + lanes);
}

}  // namespace

CrowdMotion::CrowdMotion(const Walls& walls, const CellBox& box, const MovementOptions& options,
                         ComputeArena& arena)
    : box_(box), options_(checked(options)), arena_(arena), cells_(box), walls_(walls, box) {}

void CrowdMotion::set_walls(const Walls& walls) { walls_ = WallIndex(walls, box_); }

void CrowdMotion::swap_columns() {
  people.x_m.swap(x_m_);
  people.y_m.swap(y_m_);
  people.vx_mps.swap(vx_mps_);
  people.vy_mps.swap(vy_mps_);
  people.heading_x.swap(heading_x_);
  people.heading_y.swap(heading_y_);
}

void CrowdMotion::step(const Rows& wish, const Rows& settle) {
  const std::size_t count = people.count();
  for (auto* column : {&x_m_, &y_m_, &vx_mps_, &vy_mps_, &heading_x_, &heading_y_}) {
    column->resize(count + lanes);
  }
  const Surroundings around{&people, &cells_, &walls_,
                            greatest_of(std::span(people.radius_m).first(count))};
  const auto each_part = [&](auto&& work) {
    arena_.for_each_part(parts_of(count), [&](std::size_t part) {
      work(part * people_per_part, std::min(count, (part + 1) * people_per_part));
    });
  };
  const bool forces = options_.model == MovementOptions::Model::social_force;
  std::vector<float> before_x, before_y;
  if (forces) {
    before_x = people.x_m;
    before_y = people.y_m;
  }
  const int steps = forces ? force_steps : 1;
  for (int i = 0; i < steps; ++i) {
    const Moved moved{x_m_.data(),    y_m_.data(),       vx_mps_.data(),
                      vy_mps_.data(), heading_x_.data(), heading_y_.data()};
    each_part([&](std::size_t begin, std::size_t end) {
      if (i == 0) wish(begin, end);
      switch (options_.model) {
        case MovementOptions::Model::collision_free_speed:
          return step_collision_free_speed(around, options_, begin, end, moved);
        case MovementOptions::Model::anticipation:
          return step_anticipation(around, options_, begin, end, moved);
        case MovementOptions::Model::social_force:
          return step_social_force(around, options_, options_.step_s / force_steps, begin, end,
                                   moved);
      }
    });
    swap_columns();
  }
  if (forces) {
    x_m_ = std::move(before_x);
    y_m_ = std::move(before_y);
  }
  if (settle) each_part(settle);
}

}  // namespace kontwin::crowd
