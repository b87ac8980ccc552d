#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "scenarios/traffic/demand/vehicle_type.hpp"
#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// A zone of planners, at its centre in the network's own coordinates.
struct Zone {
  std::string name;
  LocalPoint place;
  double people = 0;  ///< who live there
  double sites = 0;   ///< what people go to: jobs, beds, pupils' places; one unit in all zones
};

/// The zone whose centre is nearest to a place; zones must not be empty.
std::size_t nearest_zone(std::span<const Zone> zones, LocalPoint place);

/// Within how many minutes is counted.
inline constexpr std::array reach_minutes{15.0, 30.0, 60.0};

/// What can be reached from a zone, its own people and sites included.
struct Accessibility {
  std::array<double, reach_minutes.size()> people{}, sites{};
  /// Sum of sites / minutes^exponent (Hansen 1959, How accessibility shapes land use); nothing is
  /// nearer than a minute.
  double hansen = 0;
};

/// Seconds over each link by a type of vehicle at its free speed, with a wait at the end;
/// `unreachable` where it may not drive. [link]
std::vector<double> driving_seconds(const Network& network, const VehicleType& type,
                                    std::span<const double> delay_s);

/// Of each zone for a kind of vehicle: times from junction to junction nearest to the centres over
/// the free speeds of the type, with a wait at the end of each link. `delay_s`: [link]. Zones that
/// no way leads to count nothing. `exponent`: assumed 1 where nothing was estimated.
std::vector<Accessibility> accessibility(const Network& network, const VehicleType& type,
                                         std::span<const Zone> zones,
                                         std::span<const double> delay_s, double exponent = 1);

}  // namespace kontwin::traffic
