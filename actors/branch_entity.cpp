#include "actors/branch_entity.hpp"

#include "actors/decision_round.hpp"

namespace kontwin {

BranchEntity::BranchEntity(caf::actor_config& config, Kind kind)
    : BranchEntityActor::base(config), rule_(rule_of(kind).make()) {}

BranchEntity::behavior_type BranchEntity::make_behavior() {
  return {[this](const Decide& order) { order.round->decide(order.share, *rule_); }};
}

}  // namespace kontwin
