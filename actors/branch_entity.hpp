#pragma once

#include <caf/typed_event_based_actor.hpp>

#include "actors/messages.hpp"
#include "actors/rules.hpp"

namespace kontwin {

/// The actor of one entity in a branch: its rule, which remembers from one window to the next. The
/// row is the branch's; what the rule decides goes back with the round.
class BranchEntity : public BranchEntityActor::base {
 public:
  BranchEntity(caf::actor_config& config, Kind kind);
  behavior_type make_behavior() override;
  const char* name() const override { return "kontwin.branch-entity"; }

 private:
  std::unique_ptr<Rule> rule_;
};

}  // namespace kontwin
