#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/traffic/link_inputs.hpp"
#include "scenarios/traffic/signal_plans.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin::traffic {

/// How the links of a world's traffic network stand in a state of the world.
LinkState link_state_of(const Network& network, const StateTable& state);

/// What the roads and signals of a world's state table mean for its traffic network: open or
/// closed, capacity, speed limit, debris, water; cycle, green share, offset, working.
class WorldLinks {
 public:
  WorldLinks(const World& world, const Network& network);

  const LinkState& state() const { return state_; }

  /// What changed in an update, by rising link or signal.
  struct Changes : LinkChanges {
    std::vector<std::uint32_t> signals;  ///< rows of the network's signals with another plan
  };
  /// Reads the columns, and gives signals that changed their plan.
  const Changes& update(const StateTable& state, SignalPlans& plans);

 private:
  struct Plan {
    double cycle_s, green_share, offset_s, working;
    friend bool operator==(const Plan&, const Plan&) = default;
  };
  void read_signals(const StateTable& state, SignalPlans& plans);

  const Network* network_;
  LinkState state_;
  std::vector<LinkInputs> inputs_;
  std::vector<std::uint32_t> signal_entity_;  // [signal of the network] its row in the world
  std::vector<Plan> plans_;                   // [signal of the network]
  Changes changes_;
};

}  // namespace kontwin::traffic
