#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/traffic/micro/micro_options.hpp"

namespace kontwin {

/// What a scenario may say of the traffic engine.
struct TrafficOptions {
  double background_trips_per_person_day = 0.6;  ///< by road, over all vehicles; 0: empty roads
  double motorbike_share = 0.8;                  ///< of the background vehicles, 0 to 1
  double patience_min = 60;  ///< how long a vehicle without an open way waits before it is stranded
  double mean_trip_km = 6;   ///< decay length of the gravity model of background trips, above 0
  double destinations = 64;  ///< places that background trips go to; 1 or more, whole
  double informed_share = 0.5;    ///< drivers who know today's travel times, 0 to 1
  double route_refresh_min = 30;  ///< how often drivers hear of times, closures and openings
  /// Junctions of the world at which, and on the roads into which, vehicles are driven as
  /// individuals; none: nowhere.
  std::vector<std::uint32_t> micro_junctions = {};
  traffic::micro::MicroOptions micro = traffic::micro::amid_queues();
};

}  // namespace kontwin
