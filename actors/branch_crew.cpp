#include "actors/branch_crew.hpp"

#include <caf/actor_system.hpp>
#include <caf/send.hpp>

#include "actors/branch_entity.hpp"

namespace kontwin {

BranchCrew::BranchCrew(caf::actor_system& system, const World& world)
    : system_(system), world_(world) {
  for (const Kind kind : all_kinds()) actors_[index_of(kind)].resize(world.entities(kind).size());
}

const BranchEntityActor& BranchCrew::actor_of(EntityRef entity) {
  BranchEntityActor& actor = actors_[index_of(entity.kind)][entity.row];
  if (!actor) {
    actor = system_.spawn<BranchEntity, caf::lazy_init>(entity.kind);
    ++spawned_;
  }
  return actor;
}

std::vector<EntityDecision> BranchCrew::decide(const StateTable& state, Instant now,
                                               std::vector<Wake> wakes) {
  const auto round = std::make_shared<DecisionRound>(world_, state, now, std::move(wakes));
  for (std::size_t share = 0; share < round->shares(); ++share) actor_of(round->entity(share));
  round->publish();
  for (std::size_t share = 0; share < round->shares(); ++share) {
    caf::anon_send(actor_of(round->entity(share)), Decide{round, share});
  }
  round->wait();
  for (const EntityDecision& decision : round->decisions()) {
    if (decision.failure) std::rethrow_exception(decision.failure);
  }
  return std::move(round->decisions());
}

}  // namespace kontwin
