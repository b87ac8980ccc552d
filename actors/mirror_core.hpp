#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "actors/messages.hpp"
#include "actors/mirror.hpp"
#include "actors/neighbours.hpp"
#include "actors/rule.hpp"
#include "twin/live_state.hpp"

namespace kontwin {

/// What the actors of one mirror share. Handles and tables are filled before the first message and
/// do not change after; the rest is atomic or belongs to one actor each.
class MirrorCore {
 public:
  MirrorCore(std::shared_ptr<const World> its_world, const MirrorOptions& its_options);

  /// The number of an entity among all entities.
  std::size_t number_of(EntityRef ref) const { return first_[index_of(ref.kind)] + ref.row; }
  /// When the newest observation of a property was made. An entity's actor uses its own only.
  Instant& newest_of(EntityRef ref, std::size_t column) {
    return newest_[number_of(ref) * max_columns + column];
  }
  const LiveEntityActor& actor_of(EntityRef ref) const { return actors[number_of(ref)]; }

  /// Counts an observation that is not taken; true for the first one of its reason.
  bool refuse(Refusal reason, std::uint64_t count = 1) {
    return refused[static_cast<std::size_t>(reason)].fetch_add(count, std::memory_order_relaxed) ==
           0;
  }
  /// Takes up to `wanted` readings in, as far as the queue limit allows; how many.
  std::uint64_t admit(std::uint64_t wanted);

  const std::shared_ptr<const World> world;
  const MirrorOptions options;
  LiveState live;
  const Neighbours neighbours;
  Underway underway;

  std::vector<LiveEntityActor> actors;  ///< by number
  EventHubActor hub;
  LiveReachActor reach;
  Mirror::EventHandler handler;

  /// By number: when the entity wants a tick, milliseconds since the epoch; `never`.
  std::unique_ptr<std::atomic<std::int64_t>[]> due;
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

  std::atomic<std::uint64_t> queued{0};  ///< readings and events under way
  std::atomic<std::uint64_t> accepted{0};
  std::array<std::atomic<std::uint64_t>, refusal_count> refused{};
  std::atomic<std::uint64_t> events{0};
  std::atomic<std::uint64_t> restarts{0};

 private:
  std::array<std::size_t, kind_count> first_{};
  std::vector<Instant> newest_;
};

}  // namespace kontwin
