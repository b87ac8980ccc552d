#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "scenarios/traffic/demand/trip_table.hpp"
#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// Something in a file of trips that was not taken as it stands.
struct TripProblem {
  std::string file;
  long line = 0;
  std::string place;  ///< `vehicle 17`, `vType bus`
  std::string reason;
  bool left_out = true;  ///< else it was taken, without what the reason names
};

/// `vehicle 17`'s problem as a line: `path:line: vehicle 17: reason`.
std::string to_text(const TripProblem& problem);

struct SumoRoutesOptions {
  std::uint64_t seed = 0;  ///< of flows with a probability and of draws from distributions
  bool names = true;       ///< keep the names of vehicles
};

/// Reads trips for a network from route files of SUMO (rou.xml, trips, flows, additional files with
/// types and routes; also compressed with gzip), one after the other as if they were one. A file
/// passes through memory once, in small blocks; what is defined must stand before what uses it, as
/// in SUMO.
///
/// Taken: `vType` (with SUMO's defaults of its class), `vTypeDistribution`, `route`,
/// `routeDistribution`, `vehicle`, `trip` (finds its own way; `via` is not followed) and `flow`
/// (`begin`, `end` and one of `number`, `period`, `vehsPerHour`, `perHour`, `probability`, or
/// `period="exp(rate)"`). Lanes, places and speeds of departure and arrival are not taken.
///
/// A vehicle is left out and listed in `problems` where its route has a gap or an edge the network
/// has not, it departs before 0 or at no stated moment, its type is not there, or it does not drive
/// on roads. Throws FileError where a file is no XML, is cut short, or a number is none.
TripTable read_sumo_routes(std::span<const std::filesystem::path> files, const Network& network,
                           std::vector<TripProblem>* problems = nullptr,
                           const SumoRoutesOptions& options = {});
TripTable read_sumo_routes(const std::filesystem::path& file, const Network& network,
                           std::vector<TripProblem>* problems = nullptr,
                           const SumoRoutesOptions& options = {});

}  // namespace kontwin::traffic
