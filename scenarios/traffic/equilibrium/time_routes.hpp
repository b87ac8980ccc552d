#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/traffic/equilibrium/link_timeline.hpp"
#include "scenarios/traffic/equilibrium/link_times.hpp"
#include "scenarios/traffic/route_bounds.hpp"
#include "scenarios/traffic/route_states.hpp"

namespace kontwin::traffic {

/// Ways through a network whose times change while one drives (A* with landmarks over the free
/// times; Nannicini, Delling, Schultes and Liberti 2012, Bidirectional A* search on time-dependent
/// road networks, is where that combination is from). Drivers who come to a link that is shut to
/// them wait until it opens. Any thread may ask, unless one changes it.
class TimeRoutes {
 public:
  /// Vehicles drive at the free speeds or their kind's top speed, as RouteBook plans.
  TimeRoutes(std::shared_ptr<const Network> network, std::span<const VehicleType> types);

  /// What measures make of links as time goes on; until told, nothing.
  void set_changes(LinkTimeline changes) { changes_ = std::move(changes); }

  /// The way that ends first at the end of `to_link` for who starts at the start of `from_link` at
  /// `depart_s`; gives that moment, or `unreachable`. `links` become its links.
  double find(std::uint32_t from_link, std::uint32_t to_link, VehicleKind kind, double depart_s,
              const LinkTimes& times, std::vector<std::uint32_t>& links) const;
  /// When one is at the end of the last of some links; `unreachable` where the kind may not drive.
  double drive(std::span<const std::uint32_t> links, VehicleKind kind, double depart_s,
               const LinkTimes& times) const;

 private:
  /// When one gets to the end of a link who would drive into it at `at_s`.
  double ready_s(std::uint32_t link, VehicleKind kind, double at_s) const {
    const auto which = static_cast<std::size_t>(kind);
    return changes_.ready_s(link, kind, at_s, free_s_[which][link], network_->length_m[link],
                            speeds_mps_[which]);
  }

  std::shared_ptr<const Network> network_;
  std::shared_ptr<const RouteStates> states_;
  std::shared_ptr<RouteBounds> bounds_;
  LinkTimeline changes_;
  std::array<double, vehicle_kinds> speeds_mps_;
  std::vector<std::uint32_t> edge_turn_;                   // [edge]
  std::array<std::vector<double>, vehicle_kinds> free_s_;  // [kind][link]
};

}  // namespace kontwin::traffic
