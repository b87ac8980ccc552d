#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/demand/od_matrix.hpp"
#include "scenarios/traffic/demand/trip_table.hpp"

namespace kontwin::traffic {

/// Where trips of a zone may begin and end: rows of links, each as likely as the others.
struct ZoneLinks {
  std::vector<std::uint32_t> begin, end;
};

/// So large a part of all trips is made in a type of vehicle.
struct TypeShare {
  std::uint32_t type = 0;  ///< row of the types
  double share = 0;        ///< of any sum above 0
};

struct OdTripOptions {
  std::uint32_t first_hour = 0;  ///< the hour of the day at which the simulation starts
  std::uint64_t seed = 1;
};

/// Draws single trips from demand by hour: of 2.3 trips two always drive and a third one in 30 of a
/// hundred runs; each leaves at any moment of its hour. Trips of a cell come from a random stream
/// of its own, so that other cells, hours or zones appended at the end change nothing about them.
/// Hours before the first one belong to the next day. Trips from a zone to itself take two
/// different links where there are. Throws ScenarioError for zones without links or types without
/// shares where trips need them.
TripTable draw_trips(const HourlyOd& od, std::span<const ZoneLinks> zones,
                     std::vector<VehicleType> types, std::span<const TypeShare> shares,
                     const OdTripOptions& options = {});

}  // namespace kontwin::traffic
