#pragma once

#include <caf/typed_event_based_actor.hpp>

#include "actors/mirror_core.hpp"
#include "actors/reach.hpp"

namespace kontwin {

/// Tells the mirror's hospitals, health stations and shelters when the road network lets nobody
/// through to them. Many links that change together are worked out once.
class LiveReach : public LiveReachActor::base {
 public:
  LiveReach(caf::actor_config& config, MirrorCore* core);
  behavior_type make_behavior() override;
  const char* name() const override { return "kontwin.reach"; }

 private:
  void work_out(const WorkOutReach& order);

  MirrorCore& core_;
  Reach reach_;
  std::vector<std::uint8_t> told_;
  bool ordered_ = false;
};

}  // namespace kontwin
