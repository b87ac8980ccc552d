#pragma once

#include <caf/typed_event_based_actor.hpp>

#include "actors/entity_rule.hpp"
#include "actors/mirror_core.hpp"

namespace kontwin {

/// The actor of one entity in the mirror: the only writer of its row.
///
/// Supervision: when its rule throws, the values that were measured still reach the row, what the
/// rule had begun is dropped, and a new rule starts from the row; the mailbox is kept, so nothing
/// that is on its way is lost, and nobody else notices. Restarts are counted and said.
class LiveEntity : public LiveEntityActor::base {
 public:
  LiveEntity(caf::actor_config& config, MirrorCore* core, EntityRef self);
  behavior_type make_behavior() override;
  const char* name() const override { return "kontwin.entity"; }

 private:
  Row row() const;
  RuleContext look(Instant now) const { return {*core_.world, self_, now, row()}; }
  EntityRule& rule();

  void take(const Readings& readings);
  /// Counts and drops what is older than what the row has.
  bool is_too_old(const Reading& reading);
  void note_observation(RuleContext& context, Instant observed_at, Instant now);
  void wake(const Tick& tick);

  /// Runs `work` on the rule and writes what came of it; `measured` is what the row gets if the
  /// rule fails.
  template <typename Work>
  void run(RuleContext& context, Row measured, Underway::Epoch epoch, Work work);
  void write(RuleContext& context, Underway::Epoch epoch);
  void restart(Instant now, Underway::Epoch epoch, const char* reason);
  void say(std::vector<Event> events, Underway::Epoch epoch);
  void tell_usable(const Row& row, Instant now, Underway::Epoch epoch);

  MirrorCore& core_;
  EntityRef self_;
  std::uint32_t restarts_ = 0;
  bool usable_ = true;
  std::unique_ptr<EntityRule> rule_;  // made when it is first needed: most entities are quiet
};

}  // namespace kontwin
