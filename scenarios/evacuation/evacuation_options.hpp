#pragma once

namespace kontwin {

/// What a scenario may say of the evacuation engine.
struct EvacuationOptions {
  double departure_median_min = 45;  ///< from the order until half of the households left
  double departure_sigma = 0.7;      ///< of the lognormal spread of departure times
  double compliance = 0.9;           ///< share of the ordered households that leave
  double exposed_depth_m = 0.3;      ///< at home in deeper water some leave without an order
  double spontaneous_share = 0.3;  ///< share of the exposed households that leave without an order
  double car_share = 0.1;          ///< households that leave by car, 0 to 1
  double no_vehicle_share = 0.08;  ///< households without a vehicle; the rest leave by motorbike
  double walk_speed_mps = 1.2;     ///< of those without a vehicle, above 0
  double walk_limit_km = 3;        ///< those farther from a shelter wait for a bus
  double bus_places = 30;          ///< of the buses that pick people up; 1 or more, whole
  double bus_wait_min = 30;        ///< a bus leaves after this even when it is not full
  double retry_min = 15;           ///< between attempts of those who find no way or no room
  double door_width_m_per_100_places = 0.9;  ///< clear width of a shelter's doors; 1.2 m at least
};

}  // namespace kontwin
