#pragma once

#include <filesystem>
#include <vector>

#include "scenarios/traffic/outputs/accessibility.hpp"
#include "scenarios/traffic/trip_run.hpp"

namespace kontwin::traffic {

/// Reads zones: columns zone, x, y (the network's own coordinates, metres) and, where there are
/// any, people and sites (0 or more). Throws FileError where a zone is there twice, a number is
/// none or below 0, or there is no zone.
std::vector<Zone> read_zones(const std::filesystem::path& path);

/// Writes what can be reached from each zone by each type of vehicle that made trips, on empty
/// roads and in the interval of the run with most vehicles: zone, type, when (`free` or `busiest`),
/// begin_s, people_15_min ... sites_60_min, hansen. Throws FileError.
void write_accessibility(const std::filesystem::path& path, const TripRun& run,
                         const TripTable& table, std::span<const Zone> zones);

}  // namespace kontwin::traffic
