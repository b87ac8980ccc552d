#pragma once

#include <cstdint>

#include "scenarios/traffic/network/units.hpp"
#include "twin/entity_ref.hpp"

namespace kontwin::traffic {

/// Vehicles one behind the other: slots, linked through Vehicle::next and previous.
struct Queue {
  std::uint32_t head = no_row, tail = no_row;
};

/// The end of a lane, or the roadside at the start of a link: who is on the way to it, and what
/// the first is waiting for.
struct StopLine {
  Queue wide, narrow;
  Micros next_exit = 0;    ///< the headway behind the one that left last
  Micros stood_until = 0;  ///< the end of the last stop that was long enough to filter forward in
  Micros held_since = never;         ///< when the first was stopped by more than a headway
  std::uint32_t waits_for = no_row;  ///< lane whose start it waits at
  std::uint32_t next_waiting = no_row;
  CarHundredths room_wanted = 0;  ///< there, by the first
  std::uint32_t count = 0;        ///< vehicles
  bool yields = false;            ///< the first is stopped by others who go first

  bool empty() const { return wide.head == no_row && narrow.head == no_row; }
  /// Whether of two vehicles a narrow one goes before a wide one: it came first, or it filtered
  /// forward while all stood.
  bool narrow_first(Micros narrow_ready, Micros wide_ready) const {
    return narrow_ready <= wide_ready || narrow_ready <= stood_until;
  }
};

}  // namespace kontwin::traffic
