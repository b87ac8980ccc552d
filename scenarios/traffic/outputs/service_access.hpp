#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "scenarios/traffic/demand/vehicle_type.hpp"
#include "scenarios/traffic/network/network.hpp"
#include "scenarios/traffic/outputs/accessibility.hpp"
#include "twin/world.hpp"

namespace kontwin::traffic {

/// Sites of a world that people drive to. A world lists no markets.
inline constexpr std::array services{Kind::hospital, Kind::health_station, Kind::school,
                                     Kind::shelter, Kind::office};

/// How the people of a commune get to the nearest site of a kind.
struct ServiceAccess {
  std::string commune_code;
  Kind service = Kind::hospital;
  double people = 0;        ///< who live there
  double unreached = 0;     ///< of those, who have no way to any site
  double mean_min = 0;      ///< of the others, by people; 0 where there are none
  double farthest_min = 0;  ///< of the others
  std::array<double, reach_minutes.size()> within{};  ///< people within reach_minutes
};

/// Of each commune with homes, by rising code, for each of `services` of which the world has any:
/// the time from the junction that leads to a home to the nearest junction that leads to a site, by
/// a kind of vehicle over the free speeds of the type, with a wait at the end of each link
/// (`delay_s`: [link]; `unreachable`: it may not be driven). `network`: that of the world
/// (network_of).
std::vector<ServiceAccess> service_access(const World& world, const Network& network,
                                          const VehicleType& type, std::span<const double> delay_s);

}  // namespace kontwin::traffic
