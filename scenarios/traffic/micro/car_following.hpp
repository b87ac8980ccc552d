#pragma once

#include <algorithm>
#include <cmath>

/// Car-following models as plain functions of a vehicle, the gap to the one ahead and its speed.
///
/// Gaps run from the front of the follower to the rear of the one ahead, metres, above 0; speeds
/// and accelerations are in m/s and m/s2. The functions hold no branches that a vectorised loop
/// could not select over, except where they say so.
namespace kontwin::traffic::micro {

/// The numbers of a driver and a vehicle, with the symbol each has in the papers.
struct Driver {
  double wished_mps = 33.3;       ///< v0, V: what they would drive on an empty road, above 0
  double time_gap_s = 1;          ///< T, tau: kept behind the one ahead, above 0
  double standing_gap_m = 2.5;    ///< s0: kept when standing, 0 or more
  double acceleration_mps2 = 1;   ///< a: at most, above 0
  double comfortable_mps2 = 1.5;  ///< b: deceleration that is still comfortable, above 0
};

/// The gap a driver of the intelligent driver model wishes for, s* of Treiber, Hennecke and Helbing
/// 2000, Congested traffic states in empirical observations and microscopic simulations, eq. 2,
/// without the square-root term. It is not below s0 however fast the one ahead gets away.
inline double idm_wished_gap_m(const Driver& driver, double speed_mps, double leader_mps) {
  const double dynamic = speed_mps * driver.time_gap_s +
                         speed_mps * (speed_mps - leader_mps) /
                             (2 * std::sqrt(driver.acceleration_mps2 * driver.comfortable_mps2));
  return driver.standing_gap_m + std::max(0.0, dynamic);
}

/// The intelligent driver model (Treiber, Hennecke and Helbing 2000, eq. 1) with exponent delta 4.
/// Unbounded below: gaps near 0 ask for any deceleration.
inline double idm_acceleration(const Driver& driver, double speed_mps, double gap_m,
                               double leader_mps) {
  const double share = speed_mps / driver.wished_mps;
  const double closeness = idm_wished_gap_m(driver, speed_mps, leader_mps) / gap_m;
  return driver.acceleration_mps2 * (1 - share * share * share * share - closeness * closeness);
}

/// The gap at which drivers of the intelligent driver model follow each other at a speed between 0
/// and v0: (s0 + v T) / sqrt(1 - (v / v0)^4).
inline double idm_equilibrium_gap_m(const Driver& driver, double speed_mps) {
  const double share = speed_mps / driver.wished_mps;
  return (driver.standing_gap_m + speed_mps * driver.time_gap_s) /
         std::sqrt(1 - share * share * share * share);
}

/// The improved intelligent driver model (Treiber and Kesting 2013, Traffic Flow Dynamics, section
/// 11.3.7): it keeps the time gap T also near v0 and brakes no harder than b where v0 falls below
/// the speed. Has powers, so that loops over it stay scalar.
inline double improved_idm_acceleration(const Driver& driver, double speed_mps, double gap_m,
                                        double leader_mps) {
  const double a = driver.acceleration_mps2;
  const double closeness = idm_wished_gap_m(driver, speed_mps, leader_mps) / gap_m;
  const double interaction = a * (1 - closeness * closeness);
  if (speed_mps <= driver.wished_mps) {
    const double share = speed_mps / driver.wished_mps;
    const double free = a * (1 - share * share * share * share);
    if (closeness >= 1) return interaction;
    if (free <= 0) return 0;
    return free * (1 - std::pow(closeness, 2 * a / free));
  }
  const double free = -driver.comfortable_mps2 * (1 - std::pow(driver.wished_mps / speed_mps,
                                                               4 * a / driver.comfortable_mps2));
  return closeness >= 1 ? free + interaction : free;
}

/// The speed that is safe behind one ahead (Krauss 1998, Microscopic modeling of traffic flow,
/// eq. 3.10): vl + (g - vl tau) / ((v + vl) / (2 b) + tau), g the gap beyond the standing gap.
inline double krauss_safe_speed_mps(double speed_mps, double gap_m, double leader_mps,
                                    double deceleration_mps2, double time_gap_s) {
  return leader_mps + (gap_m - leader_mps * time_gap_s) /
                          ((speed_mps + leader_mps) / (2 * deceleration_mps2) + time_gap_s);
}

/// The same condition solved for the speed, as SUMO's form of the model has it: the largest v with
/// v tau + v^2 / (2 b) <= g + vl^2 / (2 b); 0 where even standing is too close.
inline double krauss_exact_safe_speed_mps(double gap_m, double leader_mps, double deceleration_mps2,
                                          double time_gap_s) {
  const double reach = deceleration_mps2 * time_gap_s;
  const double under = reach * reach + leader_mps * leader_mps + 2 * deceleration_mps2 * gap_m;
  return std::max(0.0, std::sqrt(std::max(0.0, under)) - reach);
}

/// The speed after a step of the Krauss model (Krauss 1998, eqs. 3.11 to 3.13), not below 0: the
/// wished, reachable and safe one less what the driver dawdles. `imperfection` is sigma, 0 to 1;
/// `random` is uniform in [0, 1).
inline double krauss_next_speed_mps(const Driver& driver, double speed_mps, double safe_mps,
                                    double imperfection, double random, double step_s) {
  const double most = driver.acceleration_mps2 * step_s;
  const double wanted = std::min(std::min(speed_mps + most, driver.wished_mps), safe_mps);
  return std::max(0.0, wanted - imperfection * most * random);
}

/// The highest speed at the end of a step, reached evenly, from which one can still stop within
/// `room_m` of where one is now, braking with `deceleration_mps2`. Below 0 where one must stop
/// before the step ends: the speed one would have if the same deceleration went on. With the
/// deceleration of every vehicle bounded and gaps so that all can stop behind each other (Gipps
/// 1981), vehicles that keep to it do not collide.
inline double stoppable_speed_mps(double speed_mps, double room_m, double deceleration_mps2,
                                  double step_s) {
  const double room = std::max(0.0, room_m);
  const double half = 0.5 * deceleration_mps2 * step_s;
  const double under = half * half + deceleration_mps2 * (2 * room - speed_mps * step_s);
  const double later = std::sqrt(std::max(0.0, under)) - half;
  const double within = speed_mps - speed_mps * speed_mps * step_s / (2 * room);
  return 2 * room >= speed_mps * step_s ? later : within;
}

/// Metres that a vehicle needs to come to a stand.
inline double braking_m(double speed_mps, double deceleration_mps2) {
  return speed_mps * speed_mps / (2 * deceleration_mps2);
}

/// The same in steps over each of which its new speed holds (Euler's method, as Krauss and SUMO
/// do): with n the whole steps of full braking, n v dt - b dt^2 n (n + 1) / 2.
inline double braking_euler_m(double speed_mps, double deceleration_mps2, double step_s) {
  const double drop_mps = deceleration_mps2 * step_s;
  const double steps = std::floor(speed_mps / drop_mps);
  return step_s * steps * (speed_mps - 0.5 * drop_mps * (steps + 1));
}

/// A speed that, held for a step, still leaves room to stop in steps within `room_m`; it leaves no
/// more than b dt^2 / 8 of the room unused. Below 0 where there is hardly any.
inline double stoppable_speed_euler_mps(double room_m, double deceleration_mps2, double step_s) {
  return std::sqrt(2 * deceleration_mps2 * std::max(0.0, room_m)) -
         0.5 * deceleration_mps2 * step_s;
}

/// The least time in which one can cover a distance: accelerating evenly, no faster than wished.
inline double earliest_arrival_s(double distance_m, double speed_mps, double acceleration_mps2,
                                 double wished_mps) {
  const double distance = std::max(0.0, distance_m);
  const double speeding_s =
      (std::sqrt(speed_mps * speed_mps + 2 * acceleration_mps2 * distance) - speed_mps) /
      acceleration_mps2;
  return std::max(speeding_s, distance / std::max(wished_mps, speed_mps));
}

}  // namespace kontwin::traffic::micro
