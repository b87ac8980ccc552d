#pragma once

#include <algorithm>

namespace kontwin::evacuation {

/// The hydraulic model of people on foot of the SFPE Handbook of Fire Protection Engineering
/// (Gwynne and Rosenbaum, "Employing the Hydraulic Model in Assessing Emergency Movement"), for
/// level ways and doors.
inline constexpr double hydraulic_speed_mps = 1.40;  ///< k
inline constexpr double hydraulic_area_m2 = 0.266;   ///< a
inline constexpr double free_density_ppm2 = 0.54;    ///< below it people do not slow each other
inline constexpr double boundary_layer_m = 0.15;     ///< unused width on each side of a door
/// The most that passes a metre of effective width: k / 4a = 1.316 persons/(m s), at 1.88
/// persons/m2.
inline constexpr double most_specific_flow = hydraulic_speed_mps / (4 * hydraulic_area_m2);

/// Walking speed in a crowd of `density_ppm2` persons a square metre, m/s; 0 where nobody can move.
inline double crowd_speed_mps(double density_ppm2) {
  const double density = std::max(density_ppm2, free_density_ppm2);
  return std::max(0.0, hydraulic_speed_mps * (1 - hydraulic_area_m2 * density));
}

/// Persons a second and metre of effective width at that density.
inline double specific_flow(double density_ppm2) {
  return crowd_speed_mps(density_ppm2) * density_ppm2;
}

/// A door that people queue at, first come first served.
class Door {
 public:
  explicit Door(double clear_width_m)
      : flow_pps_(most_specific_flow * std::max(0.1, clear_width_m - 2 * boundary_layer_m)) {}

  double flow_pps() const { return flow_pps_; }
  /// `people` arrive together at `at_s`; when the last of them is through. Calls in order of time.
  double pass(double at_s, double people) {
    free_at_s_ = std::max(free_at_s_, at_s) + people / flow_pps_;
    return free_at_s_;
  }

 private:
  double flow_pps_;
  double free_at_s_ = 0;
};

}  // namespace kontwin::evacuation
