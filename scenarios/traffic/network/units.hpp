#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace kontwin::traffic {

/// Moments and lengths of time in whole microseconds since the start of the simulation: exact, so
/// that sums do not depend on their order.
using Micros = std::int64_t;

inline constexpr double micros_per_second = 1e6;
/// A moment that never comes.
inline constexpr Micros never = std::numeric_limits<Micros>::max();

/// To the nearest microsecond.
inline Micros to_micros(double seconds) {
  return static_cast<Micros>(std::floor(seconds * micros_per_second + 0.5));
}
inline double seconds(Micros span) { return static_cast<double>(span) / micros_per_second; }

/// Room and capacity are counted in hundredths of a passenger car, in whole numbers.
using CarHundredths = std::int32_t;
/// A share of a car, to the nearest hundredth, at least one.
inline CarHundredths car_hundredths(double share) {
  return std::max<CarHundredths>(1, static_cast<CarHundredths>(std::lround(100 * share)));
}

/// Length of road that a waiting car takes up, metres: 133 cars a kilometre and lane. The car of
/// 5 m with a gap of 2.5 m that SUMO's Krauss model has by default.
inline constexpr double jam_spacing_m = 7.5;
/// The time a driver keeps behind the one ahead, seconds, where nothing else is known.
inline constexpr double reaction_time_s = 1;

/// Most cars an hour and lane at a free speed, by the triangular diagram of drivers who keep a
/// reaction time and a jam spacing (Newell 2002; Krauss 1998): 2338 at 13.89 m/s.
inline double lane_capacity_pcph(double free_speed_mps, double reaction_s = reaction_time_s,
                                 double spacing_m = jam_spacing_m) {
  return 3600 / (reaction_s + spacing_m / free_speed_mps);
}

}  // namespace kontwin::traffic
