#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "scenarios/traffic/traffic_engine.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::testing {

/// A branch over a world at rest, from six in the morning in Vietnam, at a window of one minute.
inline Branch branch_of(std::shared_ptr<const World> world, std::uint64_t seed = 1) {
  Branch branch;
  branch.name = "test";
  branch.state = StateTable(*world);
  branch.world = std::move(world);
  branch.start = *parse_instant("2025-11-18T06:00:00+07:00");
  branch.seed = seed;
  return branch;
}

/// Empty roads but for what is asked for.
inline TrafficOptions no_background() {
  TrafficOptions options;
  options.background_trips_per_person_day = 0;
  return options;
}

/// Streets of a small town full enough to queue.
inline TrafficOptions busy_town() {
  TrafficOptions options;
  options.background_trips_per_person_day = 20;
  options.mean_trip_km = 1;
  return options;
}

/// A traffic engine with its branch, driven by hand.
struct TrafficRun {
  explicit TrafficRun(Branch with, TrafficOptions options = no_background(),
                      std::size_t threads = 1)
      : branch(std::move(with)),
        state(branch.state),
        arena(threads),
        engine(branch, arena, options),
        now(branch.start) {}

  /// Advances window by window, with `before` called before each and `after` after it.
  void run(int minutes, const std::function<void(int)>& before = {},
           const std::function<void(int)>& after = {}) {
    for (int minute = 0; minute < minutes; ++minute) {
      if (before) before(minute);
      engine.advance(state, now, now + branch.window);
      now += branch.window;
      if (after) after(minute);
    }
  }
  /// The windows before the start, as the branch wants them.
  void lead_in() {
    for (Instant at = branch.lead_in_start(); at < branch.start; at += branch.window) {
      engine.lead_in(state, at, at + branch.window);
    }
  }
  double road(std::uint32_t row, std::size_t column) const {
    return state.at({Kind::road, row}, column);
  }
  void set_road(std::uint32_t row, std::size_t column, double value) {
    state.at({Kind::road, row}, column) = value;
  }
  /// Cars from a junction to another, one every `headway_s` from `first_s` after the start.
  void send(std::uint32_t from, std::uint32_t to, int count, double headway_s, double first_s = 0,
            Mover::Kind kind = Mover::Kind::car) {
    for (int i = 0; i < count; ++i) {
      engine.request({next_traveller++, from, to,
                      branch.start + from_seconds(first_s + i * headway_s), kind, 1});
    }
  }

  Branch branch;
  StateTable state;
  ComputeArena arena;
  TrafficEngine engine;
  Instant now;
  std::uint64_t next_traveller = 0;
};

/// A world of junctions in a line, `links` long each, one way.
inline WorldParts corridor(std::initializer_list<double> lengths_m, double speed_mps,
                           double capacity_vph, double lanes = 1) {
  WorldParts parts = empty_parts(400, 10);
  double x = 0;
  junction(parts, {x, 0});
  for (const double length : lengths_m) {
    junction(parts, {x += length, 0});
    const auto last =
        static_cast<std::uint32_t>(parts.entities[index_of(Kind::junction)].size() - 1);
    link(parts, last - 1, last, speed_mps, capacity_vph, lanes);
  }
  return parts;
}

}  // namespace kontwin::testing
