#pragma once

#include <filesystem>

#include "scenarios/traffic/trip_run.hpp"

namespace kontwin::traffic {

/// Writes one row a link and interval that somebody drove on: link, begin_s, end_s, vehicles,
/// flow_vph, speed_mps, density_vpkm, delay_s (a vehicle), most_vehicles, level_of_service. Throws
/// FileError.
void write_link_csv(const std::filesystem::path& path, const TripRun& run);

/// Writes the links as lines in the network's own coordinates, with the figures of the whole run as
/// properties (as above). Throws FileError.
void write_link_geojson(const std::filesystem::path& path, const TripRun& run);

/// Writes one row a vehicle: name or number, type, departed_s, ended_s, seconds, result, where it
/// ended; those still under way at the end have the result `under_way`. Throws FileError.
void write_trip_csv(const std::filesystem::path& path, const TripRun& run, const TripTable& table);

}  // namespace kontwin::traffic
