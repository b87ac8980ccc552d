#include "actors/event_hub.hpp"

#include <spdlog/spdlog.h>

namespace kontwin {

EventHub::EventHub(caf::actor_config& config, MirrorCore* core)
    : EventHubActor::base(config), core_(*core) {}

EventHub::behavior_type EventHub::make_behavior() {
  return {[this](const Said& said) {
    const Piece piece(core_.underway, said.epoch);
    for (const Event& event : said.events) {
      try {
        if (core_.handler) core_.handler(event);
      } catch (const std::exception& failure) {
        spdlog::error("the handler of events failed on {} of {}: {}", name_of(event.type),
                      core_.world->urn(event.entity), failure.what());
      }
      core_.queued.fetch_sub(1, std::memory_order_relaxed);
    }
  }};
}

}  // namespace kontwin
