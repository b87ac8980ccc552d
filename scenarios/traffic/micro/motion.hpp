#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

/// A vehicle that has left the zone.
struct Leaving {
  std::uint32_t vehicle = 0;
  std::uint32_t link = no_row;  ///< at whose end it left
  std::uint32_t turn = no_row;  ///< that it made there; no_row: its trip ends with the link
  std::uint32_t lane = no_row;  ///< of the network, that the turn leads to; no_row with the turn
  Micros at = 0;                ///< when its front went over the end
  double speed_mps = 0;
};

/// Takes a vehicle that is not committed out; its row is gone with the next sort.
void leave(ZoneState& zone, std::uint32_t row);

/// Moves all vehicles on by a step, takes those whose front went over the end of their lane to the
/// next one or out of the zone (added to `leaving`), and sorts the rows.
void move_on(ZoneState& zone, std::vector<Leaving>& leaving);

}  // namespace kontwin::traffic::micro
