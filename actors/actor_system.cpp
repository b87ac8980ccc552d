#include "actors/actor_system.hpp"

#include <algorithm>
#include <caf/atom.hpp>
#include <thread>

namespace kontwin {

ActorSystemConfig::ActorSystemConfig(unsigned threads) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  set("scheduler.policy", caf::atom("sharing"));
  set("scheduler.max-threads", static_cast<std::size_t>(threads));
}

}  // namespace kontwin
