#pragma once

#include <array>
#include <vector>

#include "actors/decision_round.hpp"
#include "actors/messages.hpp"

namespace caf {
class actor_system;
}

namespace kontwin {

/// The entity actors of one branch. An entity gets one when something first happens to it; all end
/// with the crew.
class BranchCrew {
 public:
  BranchCrew(caf::actor_system& system, const World& world);

  /// Lets the entities concerned decide and waits for them; the answers in entity order. `wakes`
  /// sorted. Throws what the first failing rule, in that order, threw.
  std::vector<EntityDecision> decide(const StateTable& state, Instant now, std::vector<Wake> wakes);
  std::size_t spawned() const { return spawned_; }

 private:
  const BranchEntityActor& actor_of(EntityRef entity);

  caf::actor_system& system_;
  const World& world_;
  std::array<std::vector<BranchEntityActor>, kind_count> actors_;  ///< [kind][row]; none yet: null
  std::size_t spawned_ = 0;
};

}  // namespace kontwin
