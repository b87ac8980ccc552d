#pragma once

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>

namespace kontwin {

/// How our actor systems are set up: `threads` workers (0: one a core) that share one queue and
/// sleep while it is empty. CAF's default, work stealing, polls and keeps an idle machine warm.
class ActorSystemConfig : public caf::actor_system_config {
 public:
  explicit ActorSystemConfig(unsigned threads);
};

}  // namespace kontwin
