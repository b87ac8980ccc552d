#pragma once

#include <algorithm>
#include <array>

#include "scenarios/flood/reopening.hpp"
#include "scenarios/traffic/network/vehicle_kind.hpp"

namespace kontwin::traffic {

/// The depth of water, in metres, above which a kind of vehicle does not drive into a link. [kind]
inline constexpr std::array<double, vehicle_kinds> wade_depth_m{0.2, 0.3, 0.5, 0.5, 0.2, 0.3};

/// The kinds that do not drive into water of a depth; those that were kept out `before` do again
/// where they would into water somewhat deeper.
inline VehicleKinds too_deep_for(double depth_m, VehicleKinds before = 0) {
  unsigned kinds = 0;
  for (std::size_t kind = 0; kind < vehicle_kinds; ++kind) {
    const bool kept_out = (before >> kind & 1U) != 0;
    const double counts_m = kept_out ? flood::margin_to_reopen * depth_m : depth_m;
    if (counts_m > wade_depth_m[kind]) kinds |= 1U << kind;
  }
  return static_cast<VehicleKinds>(kinds);
}

/// The kinds that moving water would sweep off, of an impassable_for column.
inline VehicleKinds swept_off(unsigned impassable_for) {
  using flood::Traveller;
  constexpr std::array<Traveller, vehicle_kinds> stands_like{
      Traveller::motorbike, Traveller::small_car, Traveller::bus,
      Traveller::lorry,     Traveller::adult,     Traveller::large_car};
  unsigned kinds = 0;
  for (std::size_t kind = 0; kind < vehicle_kinds; ++kind) {
    if (flood::stops(impassable_for, stands_like[kind])) kinds |= 1U << kind;
  }
  return static_cast<VehicleKinds>(kinds);
}

/// The speed at which one drives through water of a depth, m/s: Pregnolato, Ford, Wilkinson and
/// Dawson 2017, fitted for 0 to 0.3 m; deeper water is driven as at 0.3 m.
inline double flooded_speed_mps(double depth_m) {
  const double depth_mm = std::clamp(depth_m, 0.0, 0.3) * 1000;
  return (0.0009 * depth_mm * depth_mm - 0.5529 * depth_mm + 86.9448) / 3.6;
}

}  // namespace kontwin::traffic
