#pragma once

#include <caf/typed_event_based_actor.hpp>

#include "actors/mirror_core.hpp"

namespace kontwin {

/// Calls the mirror's event handler, one event after the other, on a thread of its own: a handler
/// may take its time (write to disk) without holding up a worker. What a handler throws is logged
/// with the event it was thrown for, and the next event goes on.
class EventHub : public EventHubActor::base {
 public:
  EventHub(caf::actor_config& config, MirrorCore* core);
  behavior_type make_behavior() override;
  const char* name() const override { return "kontwin.events"; }

 private:
  MirrorCore& core_;
};

}  // namespace kontwin
