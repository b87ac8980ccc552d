#pragma once

#include "scenarios/traffic/link_state.hpp"
#include "scenarios/traffic/network/network.hpp"
#include "scenarios/traffic/vehicle.hpp"

namespace kontwin::traffic {

/// The turn of a vehicle as a zone has it: no_row where it ends with its link, or is shut to it.
inline std::uint32_t open_turn(const Network& network, const LinkState& links,
                               const Vehicle& vehicle) {
  const bool goes_on = vehicle.turn < network.turns() &&
                       contains(links.may_enter[network.turn_to[vehicle.turn]], vehicle.kind);
  return goes_on ? vehicle.turn : no_row;
}

}  // namespace kontwin::traffic
