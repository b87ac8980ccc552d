#pragma once

#include <caf/typed_event_based_actor.hpp>

#include "actors/mirror_core.hpp"

namespace kontwin {

/// Hands the readings of one district to its entities, one message an entity, and wakes those of
/// its entities whose time is up; the others sleep through a tick.
class District : public DistrictActor::base {
 public:
  District(caf::actor_config& config, MirrorCore* core, std::vector<EntityRef> entities);
  behavior_type make_behavior() override;
  const char* name() const override { return "kontwin.district"; }

 private:
  MirrorCore& core_;
  std::vector<EntityRef> entities_;
};

/// Which district each entity belongs to, by its number; districts are numbered from 0 as they come
/// up. A district is the unit above the entity's commune where that is a district, the commune
/// itself since there are none, and one more for entities whose commune is not known.
std::vector<std::uint16_t> districts_of(const World& world);

}  // namespace kontwin
