#pragma once

// Crowds that several benchmarks move.

#include <cmath>
#include <memory>

#include "tests/scenarios/evacuation/crowd/crowd_run_case.hpp"
#include "tests/scenarios/evacuation/crowd/people_among_walls.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {

using Model = crowd::MovementOptions::Model;

/// A square of rooms: a wall with a gap of 3 m every 12 m, people at a density all over it. Half of
/// them walk one way and half the other; in a jam all press towards the middle.
inline std::unique_ptr<People> rooms(std::size_t count, float per_square_m, bool jam, Model model,
                                     std::size_t threads) {
  const float side = std::sqrt(static_cast<float>(count) / per_square_m);
  Plan plan;
  plan.box(0, 0, side, side);
  for (float x = 12; x < side - 2; x += 12) {
    for (float y = 0; y < side; y += 12) plan.wall(x, y, x, std::min(side, y + 9));
  }
  auto people = std::make_unique<People>(plan, crowd::movement_options(model), threads);
  const auto per_row = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  const float step = side / static_cast<float>(per_row);
  for (std::size_t i = 0; i < count; ++i) {
    RandomStream random(1, i);
    const float x = (static_cast<float>(i / per_row) + 0.5F) * step;
    const float y = (static_cast<float>(i % per_row) + 0.5F) * step;
    float to_x = i % 2 == 0 ? 1.0F : -1.0F, to_y = 0.2F * to_x;
    if (jam) {
      to_x = side / 2 - x;
      to_y = side / 2 - y;
    }
    const float length = std::hypot(to_x, to_y) + 1e-6F;
    people->add(x, y, {to_x / length, to_y / length, static_cast<float>(random.uniform(1.0, 1.7))});
  }
  return people;
}

/// A hall cut into rooms of 20 m by walls with gaps of 4 m, an exit of 3 m in each outer room: with
/// ways to all exits, queues, surfaces and counting, all that a run does.
inline std::unique_ptr<crowd::test::CrowdRun> full_rooms(std::size_t people, std::size_t threads) {
  using namespace crowd::test;
  const double side = std::ceil(std::sqrt(static_cast<double>(people)) / 20) * 20;
  crowd::Building building;
  crowd::Polygon shape = rectangle(0, 0, side, side);
  for (double x = 20; x < side; x += 20) {
    for (double y = 0; y < side; y += 20) {
      shape.holes.push_back(
          {{x - 0.1, y + 2}, {x + 0.1, y + 2}, {x + 0.1, y + 18}, {x - 0.1, y + 18}});
    }
  }
  building.surfaces = {floor("hall", shape)};
  for (double y = 10; y < side; y += 20) {
    building.exits.push_back(exit("w" + std::to_string(y), 0, {0, y - 1.5}, {0, y + 1.5}));
    building.exits.push_back(exit("e" + std::to_string(y), 0, {side, y - 1.5}, {side, y + 1.5}));
  }
  std::vector<crowd::Person> all;
  for (double y = 0; y < side; y += 20) {
    for (double x = 0; x < side; x += 20) {
      const auto count = static_cast<std::size_t>(static_cast<double>(people) * 400 / side / side);
      const auto some = people_in(0, rectangle(x + 0.5, y + 0.5, x + 19.5, y + 19.5), count,
                                  crowd::weidmann(), static_cast<std::uint64_t>(x + 1000 * y));
      all.insert(all.end(), some.begin(), some.end());
    }
  }
  return std::make_unique<CrowdRun>(building, all, crowd::CrowdOptions(), threads, 0.4);
}

}  // namespace kontwin::testing
