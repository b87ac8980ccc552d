#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/traffic/demand/vehicle_type.hpp"
#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// Types of SUMO's class `ignoring`, whose vehicles drive where they like. Ours heed permissions by
/// kind, so each of them becomes of a kind that its whole route lets in: a car, wherever cars may
/// drive.
class SumoIgnoringTypes {
 public:
  /// Notes that a type heeds no permission.
  void add(std::uint32_t type) { types_.push_back(type); }
  /// The row of the type that a vehicle of `type` has on a route: `type` itself, or one like it of
  /// another kind, which is added to the types when it is the first.
  std::uint32_t on_route(std::uint32_t type, std::span<const std::uint32_t> links,
                         const Network& network, std::vector<VehicleType>& types);

 private:
  std::vector<std::uint32_t> types_;
  std::map<std::pair<std::uint32_t, VehicleKind>, std::uint32_t> of_kind_;
};

}  // namespace kontwin::traffic
