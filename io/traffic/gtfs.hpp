#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/traffic/sumo_routes.hpp"
#include "scenarios/traffic/demand/trip_table.hpp"
#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// How a timetable becomes departures.
struct GtfsOptions {
  std::chrono::year_month_day date;  ///< the day that is driven
  /// The moment of that day at which the simulation starts, seconds. Trips that begin before are
  /// left out and told.
  double start_s = 0;
  double stop_reach_m = 50;  ///< links farther from a stop are not its own
  /// Where a timetable has a bus leave as it arrives: the usual dwell at a stop outside centres
  /// (Transit Capacity and Quality of Service Manual, TCRP Report 165, chapter 6).
  double dwell_s = 15;
  bool in_bays = false;  ///< stops are beside the lane
};

/// Reads the buses of a day out of a General Transit Feed Specification feed: a folder of tables,
/// or a zip file of them. Taken: `stops`, `routes` of buses and trolleybuses (route_type 3, 11, 700
/// to 799), `trips`, `stop_times`, `calendar`, `calendar_dates`, `frequencies`, `shapes`.
///
/// Trips with the same stops and shape share a route, found as match_line says. A bus drives in so
/// that it would reach its first stop in time on an empty road, stands at each stop for the
/// timetable's time (or dwell_s) and leaves no earlier than it says, unless `timepoint` is 0. Halts
/// and stops are in the table.
///
/// Listed in `problems`: stops with no link within reach, or none that a way leads to (the bus
/// passes them), trips of fewer than two such stops (left out), trips that begin before the start,
/// services on rails and water. Throws FileError for tables that are not there or cannot be read,
/// with file and line; WorldError for a network that does not know where it lies.
TripTable read_gtfs(const std::filesystem::path& path, const Network& network,
                    const GtfsOptions& options, std::vector<TripProblem>* problems = nullptr);

/// `2026-11-26`; throws Error for what is no day.
std::chrono::year_month_day parse_day(const std::string& text);

/// Seconds of `7:05` and `07:05:30`; nothing for what is no such moment.
std::optional<double> parse_clock(std::string_view text);

}  // namespace kontwin::traffic
