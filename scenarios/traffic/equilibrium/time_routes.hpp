#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/traffic/equilibrium/link_times.hpp"
#include "scenarios/traffic/route_bounds.hpp"
#include "scenarios/traffic/route_states.hpp"

namespace kontwin::traffic {

/// Ways through a network whose times change while one drives (A* with landmarks over the free
/// times; Nannicini, Delling, Schultes and Liberti 2012, Bidirectional A* search on time-dependent
/// road networks, is where that combination is from). Immutable; any thread may ask.
class TimeRoutes {
 public:
  /// Vehicles drive at the free speeds or their kind's top speed, as RouteBook plans.
  TimeRoutes(std::shared_ptr<const Network> network, std::span<const VehicleType> types);

  /// The way that ends first at the end of `to_link` for who starts at the start of `from_link` at
  /// `depart_s`; gives that moment, or `unreachable`. `links` become its links.
  double find(std::uint32_t from_link, std::uint32_t to_link, VehicleKind kind, double depart_s,
              const LinkTimes& times, std::vector<std::uint32_t>& links) const;
  /// When one is at the end of the last of some links; `unreachable` where the kind may not drive.
  double drive(std::span<const std::uint32_t> links, VehicleKind kind, double depart_s,
               const LinkTimes& times) const;

 private:
  double pass(std::uint32_t link, std::size_t kind, double at_s, const LinkTimes& times) const {
    const double ready_s = at_s + free_s_[kind][link];
    return ready_s < unreachable ? times.exit_s(link, ready_s) : unreachable;
  }

  std::shared_ptr<const Network> network_;
  std::shared_ptr<const RouteStates> states_;
  std::shared_ptr<RouteBounds> bounds_;
  std::array<std::vector<double>, vehicle_kinds> free_s_;  // [kind][link]
};

}  // namespace kontwin::traffic
