#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

#include "scenarios/traffic/network/vehicle_kind.hpp"
#include "scenarios/traffic/route_states.hpp"
#include "twin/landmarks.hpp"

namespace kontwin::traffic {

/// Least times between the states of a network at its free speeds with every link open to all, one
/// set for each kind of vehicle, made when it is first asked for. Any thread may ask.
class RouteBounds {
 public:
  /// `top_speed_mps`: [kind]. The network must outlive this.
  RouteBounds(const Network& network, std::shared_ptr<const RouteStates> states,
              std::span<const double> top_speed_mps);

  const Landmarks& of(VehicleKind kind);

 private:
  struct Made {
    std::once_flag once;
    std::optional<Landmarks> landmarks;
  };
  const Network& network_;
  std::shared_ptr<const RouteStates> states_;
  std::array<double, vehicle_kinds> top_speed_mps_{};
  std::array<Made, vehicle_kinds> made_;
};

}  // namespace kontwin::traffic
