#pragma once

#include <cstdint>
#include <limits>

#include "scenarios/traffic/network/units.hpp"
#include "twin/entity_ref.hpp"

namespace kontwin::traffic {

/// A place where a vehicle stops on its way: of a bus at a stop, of a lorry that unloads.
///
/// The wait is added to the time that the vehicle takes on the link. On a link of one lane those
/// behind wait with it, unless it stands in a bay; on several lanes they pass. A queue that reaches
/// back over the place does not delay the arrival there.
struct Halt {
  static constexpr Micros unknown = std::numeric_limits<Micros>::min();

  std::uint32_t link = no_row;
  std::uint32_t leg = 0;               ///< the link's place in the vehicle's route, from 0
  float along = 1;                     ///< share of the link before it, 0 to 1
  bool in_bay = false;                 ///< beside the lane
  Micros dwell = 0;                    ///< stands so long at least
  Micros not_before = 0;               ///< and leaves no earlier than this
  std::uint32_t stop = no_row;         ///< row of TripTable::stops
  Micros planned_arrival = unknown;    ///< by the timetable
  Micros planned_departure = unknown;  ///< by the timetable
};

/// The halts that a vehicle has before it. Private to the queues.
struct HaltPlan {
  std::uint32_t next = 0, end = 0;  ///< rows of the table of halts
  /// Where in the pool of routes the route begins that the legs count in.
  std::uint32_t route = 0;
};

/// A halt that was made, or began.
struct HaltDone {
  std::uint32_t halt = no_row;  ///< row of the table of halts
  Micros arrived = 0, left = 0;
};

}  // namespace kontwin::traffic
