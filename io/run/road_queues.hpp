#pragma once

#include <vector>

#include "io/run/run_file.hpp"

namespace kontwin {

/// How long vehicles stood in line on a road, as far as a run's frames show it.
struct RoadQueue {
  EntityRef road;
  double longest = 0;        ///< vehicles that waited at its end at once
  Instant longest_at;        ///< the first frame with that many
  Instant from, until;       ///< the first and the last frame with a line of `least` or more
  double vehicle_hours = 0;  ///< that were waited away, every frame standing for the time after it
};

/// The roads at whose end `least` vehicles or more waited in any frame from a moment on, those that
/// cost most time first. Throws FileError where the run is damaged.
std::vector<RoadQueue> road_queues(const RunFile& run, Instant from, double least = 5);

}  // namespace kontwin
