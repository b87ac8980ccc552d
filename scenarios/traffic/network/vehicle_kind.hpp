#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kontwin::traffic {

/// Who drives on roads; links say which kinds they let in.
enum class VehicleKind : std::uint8_t { motorbike, car, bus, lorry, bicycle, ambulance };
inline constexpr std::size_t vehicle_kinds = 6;

inline constexpr std::array<std::string_view, vehicle_kinds> vehicle_kind_names{
    "motorbike", "car", "bus", "lorry", "bicycle", "ambulance"};

inline constexpr std::string_view name_of(VehicleKind kind) {
  return vehicle_kind_names[static_cast<std::size_t>(kind)];
}
inline constexpr std::optional<VehicleKind> vehicle_kind(std::string_view name) {
  for (std::size_t which = 0; which < vehicle_kinds; ++which) {
    if (vehicle_kind_names[which] == name) return static_cast<VehicleKind>(which);
  }
  return std::nullopt;
}

/// A set of kinds: a bit each.
using VehicleKinds = std::uint8_t;
inline constexpr VehicleKinds bit_of(VehicleKind kind) {
  return static_cast<VehicleKinds>(1U << static_cast<unsigned>(kind));
}
inline constexpr VehicleKinds all_vehicles = (1U << vehicle_kinds) - 1;
inline constexpr bool contains(VehicleKinds kinds, VehicleKind kind) {
  return ((kinds >> static_cast<unsigned>(kind)) & 1U) != 0;
}

}  // namespace kontwin::traffic
