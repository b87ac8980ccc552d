#include "scenarios/traffic/demand/vehicle_type.hpp"

#include <array>

namespace kontwin::traffic {

std::span<const VehicleType> standard_vehicle_types() {
  using enum VehicleKind;
  // Top speeds: the legal limits of circular 38/2024/TT-BGTVT on two-way roads outside towns.
  static const std::array<VehicleType, vehicle_kinds> types{{
      {"motorbike", motorbike, 1.9, 0.7, 0.6, 60 / 3.6, 1, 0, 1, 2.5, 4, 0.5, 0.25, 0.25, true},
      {"car", car, 5, 1.8, 2.5, 80 / 3.6, 1, 0, 1, 2.6, 4.5, 0.5, 1, 1, false},
      {"bus", bus, 12, 2.5, 3, 70 / 3.6, 1, 0, 1.2, 1.2, 4, 0.5, 2, 2, false},
      {"lorry", lorry, 12, 2.5, 3, 70 / 3.6, 1, 0, 1.2, 1.3, 4, 0.5, 2, 2, false},
      {"bicycle", bicycle, 1.8, 0.65, 0.5, 15 / 3.6, 1, 0, 1, 1.2, 3, 0.5, 0.2, 0.2, true},
      {"ambulance", ambulance, 6, 2, 2.5, 100 / 3.6, 1, 0, 1, 2.6, 4.5, 0.5, 1, 1, false},
  }};
  return types;
}

std::array<double, vehicle_kinds> planned_speeds(std::span<const VehicleType> types) {
  std::array<double, vehicle_kinds> speeds{};
  for (const VehicleType& type : standard_vehicle_types()) {
    speeds[static_cast<std::size_t>(type.kind)] = type.top_speed_mps;
  }
  for (auto type = types.rbegin(); type != types.rend(); ++type) {
    speeds[static_cast<std::size_t>(type->kind)] = type->top_speed_mps;
  }
  return speeds;
}

}  // namespace kontwin::traffic
