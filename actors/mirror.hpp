#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "twin/clock.hpp"
#include "twin/event.hpp"
#include "twin/observation.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// What the mirror has done so far.
struct MirrorCounts {
  std::uint64_t actors = 0;
  std::uint64_t accepted = 0;                          ///< observations that reached a row
  std::array<std::uint64_t, refusal_count> refused{};  ///< by Refusal
  std::uint64_t events = 0;
  std::uint64_t restarts = 0;  ///< actors that failed and were started again
};

struct MirrorOptions {
  unsigned threads = 0;  ///< CAF workers; 0: one a core
  Duration allowed_clock_error{
      std::chrono::seconds{30}};             ///< observations later than now by more are refused
  Duration history{std::chrono::hours{24}};  ///< of the sensors that branches start from
  std::size_t queue_limit = 200'000;         ///< readings under way; more are shed and counted
};

/// The live actor system of a world: one actor an entity, each the only writer of its row. CAF
/// stays behind this class. All calls may come from any thread.
class Mirror {
 public:
  using EventHandler = std::function<void(const Event&)>;

  /// Starts an actor for every entity. `clock` must outlive the mirror.
  Mirror(std::shared_ptr<const World> world, const Clock& clock, MirrorOptions options = {});
  /// Finishes what was ingested, then ends the actors.
  ~Mirror();
  Mirror(const Mirror&) = delete;
  Mirror& operator=(const Mirror&) = delete;

  /// Checks observations and hands them to their actors in batches by district. Returns at once;
  /// what is refused is counted by reason, and the first of each reason is logged.
  void ingest(std::span<const Observation> observations);
  /// Counts a message, or an observation in one, that could not even be decoded. `what` (sender,
  /// place, reason) is logged for the first.
  void count_malformed(std::string_view what);
  /// Waits until everything ingested before has reached its row and its events are out.
  void settle();
  /// Tells the actors that time has passed (the clock says what it is now), so that they notice
  /// what did not come: sensors gone stale.
  void tick();

  /// Calls `handler` for each event, in order for each entity, on one thread of the mirror's own.
  /// Set it before the first ingest. What it throws is logged, and the next event goes on.
  void on_event(EventHandler handler);

  /// The state table at one moment between writes.
  StateTable snapshot() const;
  /// What traffic counters, river and rain gauges measured from `since` on, as far as kept: by
  /// entity, then time. For scenarios/observed_forcing.
  std::vector<Reading> history(Instant since) const;
  MirrorCounts counts() const;
  const World& world() const;

  /// For the test of supervision: makes the actor of an entity fail.
  void fail(EntityRef entity);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
