#pragma once

namespace kontwin {

/// What a scenario may say of the traffic engine.
struct TrafficOptions {
  double background_trips_per_person_day = 0.6;  ///< by road, over all vehicles; 0: empty roads
  double motorbike_share = 0.8;                  ///< of the background vehicles, 0 to 1
  double patience_min = 60;  ///< how long a vehicle without an open way waits before it is stranded
};

}  // namespace kontwin
