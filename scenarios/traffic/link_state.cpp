#include "scenarios/traffic/link_state.hpp"

namespace kontwin::traffic {

LinkState::LinkState(const Network& network)
    : speed_mps(network.free_speed_mps),
      may_enter(network.allowed),
      blocked(network.links(), 0),
      lane_may_enter(network.lane_kinds) {
  entry_headway.reserve(network.links());
  for (const double capacity_pcph : network.lane_capacity_pcph) {
    entry_headway.push_back(headway(capacity_pcph));
  }
  exit_headway = entry_headway;
}

}  // namespace kontwin::traffic
