#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "scenarios/traffic/demand/vehicle_type.hpp"
#include "scenarios/traffic/halts.hpp"
#include "twin/entity_ref.hpp"

namespace kontwin::traffic {

/// One vehicle that will drive.
struct TripRow {
  Micros depart = 0;                 ///< since the start of the simulation, 0 or more
  std::uint64_t number = 0;          ///< stable: names its random stream; unique in its table
  std::uint32_t type = 0;            ///< row of TripTable::types
  std::uint32_t from_link = no_row;  ///< starts at the start of this link
  std::uint32_t to_link = no_row;    ///< and is there at the end of this one
  std::uint32_t route_begin = 0;     ///< its links in TripTable::route_links, from_link first;
  std::uint32_t route_length = 0;    ///< 0: it finds its own way
  std::uint32_t halt_begin = 0;      ///< its halts in TripTable::halts, by rising leg; with a
  std::uint32_t halt_count = 0;      ///< route of its own alone
};

/// Trips in columns of their own: types, trips by rising moment (then number), routes in one pool
/// that trips with the same route share.
struct TripTable {
  std::vector<VehicleType> types;
  std::vector<TripRow> trips;
  std::vector<std::uint32_t> route_links;
  std::vector<Halt> halts;
  std::vector<std::string> stops;  ///< where halts are, as their makers name them
  std::vector<std::string> names;  ///< [trip], or empty when trips have no names

  std::span<const std::uint32_t> route_of(const TripRow& trip) const {
    return std::span(route_links).subspan(trip.route_begin, trip.route_length);
  }
};

}  // namespace kontwin::traffic
