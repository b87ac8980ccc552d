#pragma once

#include <filesystem>

#include "scenarios/traffic/trip_run.hpp"

namespace kontwin::traffic {

/// Writes one row a link and interval that somebody drove on: link, begin_s, end_s, vehicles,
/// flow_vph, speed_mps, density_vpkm, delay_s (a vehicle), most_vehicles, level_of_service; of a
/// run with details also queue (vehicles that stood, on average), longest_queue, fuel_g, co2_g,
/// co_g, nox_g, pm_g. Throws FileError.
void write_link_csv(const std::filesystem::path& path, const TripRun& run);

/// Writes the links as lines in the network's own coordinates, with the figures of the whole run as
/// properties (as above). Throws FileError.
void write_link_geojson(const std::filesystem::path& path, const TripRun& run);

/// Writes one row a vehicle: name or number, type, departed_s, ended_s, seconds, result, where it
/// ended, what it drove (distance_m), what that takes its driver whom nobody hinders (free_s), what
/// it lost (loss_s), and fuel_g, co2_g, co_g, nox_g, pm_g at its mean speed; those still under way
/// at the end have the result `under_way`. Throws FileError.
void write_trip_csv(const std::filesystem::path& path, const TripRun& run, const TripTable& table);

/// Writes the same figures as arrays of an HDF5 file, for h5py and the like: `/links/id`,
/// `/intervals/begin_s` and `end_s`, `/figures/NAME` [interval][link] (no number where nobody was),
/// `/trips/NAME` [vehicle whose journey ended]. Each array has its `units` as an attribute. Throws
/// FileError.
void write_results_hdf5(const std::filesystem::path& path, const TripRun& run,
                        const TripTable& table);

/// `arrived`, `no_route` or `stranded`.
const char* name_of(Journey::Result result);
/// The name of a trip, or its number where trips have no names.
std::string trip_name(const TripTable& table, std::uint64_t trip);

}  // namespace kontwin::traffic
