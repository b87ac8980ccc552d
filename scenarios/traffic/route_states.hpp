#pragma once

#include "scenarios/traffic/network/network.hpp"
#include "twin/turn_states.hpp"

namespace kontwin::traffic {

/// The graph of a traffic network's turns that ways are found on.
struct RouteStates : TurnStates {
  explicit RouteStates(const Network& network, Apart apart = Apart::where_needed);
};

}  // namespace kontwin::traffic
