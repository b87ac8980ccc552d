#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/traffic/outputs/emissions.hpp"
#include "scenarios/traffic/trip_run.hpp"

namespace kontwin::traffic {

/// What became of one trip of a run.
struct TripSummary {
  std::string type;  ///< of the vehicle
  std::string zone;  ///< where it started; empty: not known
  bool arrived = false;
  double seconds = 0;  ///< until it ended, or the run did
  double loss_s = 0;
  double distance_m = 0;
  Emissions emissions;
};

/// What passed a link in a run.
struct LinkSummary {
  double vehicles = 0;
  double delay_s = 0;  ///< a vehicle that left it; no number where none did
};

/// A run as a comparison sees it, by the names that two runs share.
struct RunSummary {
  std::map<std::string, TripSummary> trips;
  std::map<std::string, LinkSummary> links;
};

/// Of a run that has ended. `zone_of_trip`: [trip of the table], or empty.
RunSummary summary_of(const TripRun& run, const TripTable& table,
                      const std::vector<std::string>& zone_of_trip = {});

/// The same trips with each departure moved by up to `most_s` either way, drawn from the vehicle's
/// own stream: another ordinary day. The same for the same seed, whatever the network.
TripTable with_moved_departures(const TripTable& table, double most_s, std::uint64_t seed);

}  // namespace kontwin::traffic
