#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "scenarios/traffic/micro_choice.hpp"
#include "tests/scenarios/traffic/trips.hpp"

namespace kontwin::traffic::testing {

/// Options of a run that drives the links into these junctions microscopically.
inline TripRunOptions with_zone(const Network& network, const std::vector<std::string>& junctions) {
  TripRunOptions options;
  for (const std::string& id : junctions) {
    options.simulation.micro_junctions.push_back(network.find_junction(id).value());
  }
  options.interval = options.window;
  return options;
}

/// Whether every vehicle is where it is counted, and no two places hold the same one.
inline void expect_all_there(const TripRun& run) {
  const Simulation& at = run.simulation();
  ASSERT_EQ(at.entered(), at.arrived() + at.stranded() + at.inside()) << seconds(run.now());
  std::set<std::uint32_t> seen;
  at.for_each_vehicle([&](std::uint32_t slot) { seen.insert(slot); });
  ASSERT_EQ(seen.size(), at.inside()) << seconds(run.now());
}

/// Runs to the end and looks after every window.
inline void run_counted(TripRun& run) {
  while (run.step()) expect_all_there(run);
}

inline std::vector<std::tuple<std::uint64_t, Micros, std::uint32_t>> ends_of(const TripRun& run) {
  std::vector<std::tuple<std::uint64_t, Micros, std::uint32_t>> ends;
  for (const Journey& journey : run.journeys()) {
    ends.emplace_back(journey.number, journey.ended, journey.junction);
  }
  return ends;
}

/// Vehicles of zones that could not have stopped in the room they had.
inline std::uint64_t overruns(const TripRun& run) {
  std::uint64_t sum = 0;
  for (const ZoneBorder& border : run.simulation().queues().zones()) sum += border.zone.overruns();
  return sum;
}

/// Vehicles an hour that arrive between two moments.
inline double flow_vph(const TripRun& run, double from_s, double to_s) {
  double count = 0;
  for (const Journey& journey : run.journeys()) {
    const double at = seconds(journey.ended);
    if (at >= from_s && at < to_s) ++count;
  }
  return 3600 * count / (to_s - from_s);
}

}  // namespace kontwin::traffic::testing
