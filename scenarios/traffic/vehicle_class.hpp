#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "twin/frame.hpp"

namespace kontwin::traffic {

/// Moments and lengths of time in whole microseconds since the start of the branch: exact, so that
/// sums do not depend on their order.
using Micros = std::int64_t;

inline constexpr double micros_per_second = 1e6;

/// Room and capacity are counted in hundredths of a passenger-car equivalent, in whole numbers.
using CarHundredths = std::int32_t;

/// Vehicles that may pass the same depth of water share their routes.
enum class WadeGroup : std::uint8_t { motorbike, car, heavy };
inline constexpr std::size_t wade_groups = 3;

/// The depth of water, in metres, above which a vehicle of the group does not drive into a link.
inline constexpr std::array<double, wade_groups> wade_depth_m{0.2, 0.3, 0.5};

/// What a class of vehicle is.
struct VehicleClass {
  CarHundredths size;    ///< passenger-car equivalent x 100, of room and of capacity
  double top_speed_mps;  ///< the legal limit of the class outside towns
  WadeGroup group;
  Mover::Kind shown_as;
};

inline constexpr std::size_t vehicle_classes = 5;

/// Size of a motorbike after Chu, Sano and Matsumoto 2005 (0.25 to 0.3 in Vietnamese streets);
/// speed limits after Vietnam's circular 38/2024/TT-BGTVT for two-way roads outside towns.
inline constexpr std::array<VehicleClass, vehicle_classes> classes{{
    {25, 60 / 3.6, WadeGroup::motorbike, Mover::Kind::motorbike},
    {100, 80 / 3.6, WadeGroup::car, Mover::Kind::car},
    {200, 70 / 3.6, WadeGroup::heavy, Mover::Kind::bus},
    {200, 70 / 3.6, WadeGroup::heavy, Mover::Kind::lorry},
    {100, 100 / 3.6, WadeGroup::car, Mover::Kind::ambulance},
}};

/// The speed a group plans its routes with: that of its most common class.
inline constexpr std::array<double, wade_groups> group_speed_mps{60 / 3.6, 80 / 3.6, 70 / 3.6};

/// The speed at which one drives through water of a depth, m/s: Pregnolato, Ford, Wilkinson and
/// Dawson 2017, fitted for 0 to 0.3 m; deeper water is driven as at 0.3 m.
inline double flooded_speed_mps(double depth_m) {
  const double depth_mm = std::clamp(depth_m, 0.0, 0.3) * 1000;
  return (0.0009 * depth_mm * depth_mm - 0.5529 * depth_mm + 86.9448) / 3.6;
}

}  // namespace kontwin::traffic
