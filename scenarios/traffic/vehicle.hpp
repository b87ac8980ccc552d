#pragma once

#include <cstdint>
#include <limits>

#include "scenarios/traffic/network/units.hpp"
#include "scenarios/traffic/network/vehicle_kind.hpp"
#include "twin/entity_ref.hpp"

namespace kontwin::traffic {

/// In place of a turn: the vehicle is where it wants to be at the end of this link.
inline constexpr std::uint32_t arrives = no_row - 1;
/// In place of a turn: no way is known from the end of this link.
inline constexpr std::uint32_t no_way = no_row - 2;
/// In place of a tree: the vehicle follows a route of its own.
inline constexpr std::uint32_t own_route = no_row;

/// A vehicle under way, as the queues see it: what every hop from link to link reads and writes,
/// in one cache line.
struct Vehicle {
  Micros ready = 0;    ///< at the end of its lane, or to leave the roadside, at the earliest
  Micros entered = 0;  ///< its link
  std::uint32_t next = no_row, previous = no_row;  ///< in its queue, head first
  std::uint32_t turn = no_way;                     ///< what it wants at the end of its link
  std::uint32_t tree = own_route;                  ///< the route tree it follows, or own_route
  std::uint32_t position = 0;  ///< where in the pool of routes `turn` stands, with own_route
  CarHundredths room = 100;    ///< it takes of a queue
  CarHundredths flow = 100;    ///< it takes of a capacity
  float speed_factor = 1;      ///< its driver's wished speed over the limit
  float top_speed_mps = 50;
  float driven_m = 0;  ///< the links it drove into so far
  float free_s = 0;    ///< what they take whom nobody hinders
  VehicleKind kind = VehicleKind::car;
  std::uint8_t narrow = 0;  ///< 1: passes beside others in its lane
  std::uint8_t urgent = 0;  ///< 1: gives way to nobody
};
static_assert(sizeof(Vehicle) == 64);

/// What a zone must know of a vehicle besides.
struct Identity {
  std::uint64_t number = 0;  ///< names its random stream
  std::uint32_t type = 0;    ///< row of the simulation's vehicle types
};

}  // namespace kontwin::traffic
