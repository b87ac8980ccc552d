#pragma once

#include <filesystem>

#include "scenarios/traffic/trip_run.hpp"

namespace kontwin::traffic {

/// How well a run kept its timetable.
struct StopSummary {
  std::size_t planned = 0, made = 0;  ///< halts
  double mean_late_s = 0;             ///< of departures with a time in the timetable
  std::size_t late = 0;               ///< more than five minutes late
};
StopSummary summarise_stops(const TripRun& run, const TripTable& trips);

/// Writes a row for each halt of each vehicle, in the order of the trips: `vehicle`, `stop`,
/// `link`, `planned_arrival_s`, `planned_departure_s`, `arrival_s`, `departure_s`, `late_s` (of the
/// departure; empty: no such time, or not reached). Seconds since the start. Throws FileError.
void write_stop_csv(const std::filesystem::path& path, const TripRun& run, const TripTable& trips);

}  // namespace kontwin::traffic
