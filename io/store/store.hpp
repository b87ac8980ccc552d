#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "twin/decision.hpp"
#include "twin/error.hpp"
#include "twin/event.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// The store cannot be read or written, or refuses what is asked of it. Names the file, or the
/// decision and why.
class StoreError : public Error {
 public:
  using Error::Error;
};

/// An event as the store keeps it: by URN, so that it outlives the world.
struct StoredEvent {
  std::int64_t number = 0;  ///< rises with each event stored
  Instant at;
  std::string entity;
  std::string type;
  double value = 0;
  std::string severity;
};

/// One move of a decision.
struct DecisionMove {
  Instant at;
  std::optional<DecisionState> from;  ///< nothing: when it was proposed
  DecisionState to = DecisionState::proposed;
  std::string by;    ///< a person, `ioc` or `clock`
  std::string note;  ///< why; what the IOC answered
};

/// A decision on its way to the IOC.
struct OutboxEntry {
  std::string decision_id;  ///< also the idempotency key
  std::string body;         ///< the bytes that are sent, the same at every attempt
  std::uint32_t attempts = 0;
  Instant next_attempt;
  std::string last_error;
};

/// Alarms, decisions with every move they made, and the outbox, in one SQLite file. What a call has
/// written when it returns is on the disk: a kill -9 or a loss of power takes nothing of it back.
/// Any thread; several processes may open the same file.
///
/// Every move of a decision is checked with may_follow(); a StoreError says what was wrong. `at` is
/// the moment of the move, by the caller's clock.
class Store {
 public:
  /// Opens the file, or makes it. Throws StoreError when it cannot, or when a newer program made
  /// it.
  explicit Store(const std::filesystem::path& path);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  void record_event(const Event& event, const World& world);
  /// All of them or none.
  void record_events(std::span<const Event> events, const World& world);
  /// Events later in number than `after`, oldest first, at most `limit`.
  std::vector<StoredEvent> events(std::int64_t after = 0, std::size_t limit = 1000) const;
  std::int64_t event_count() const;

  /// Takes a new decision in; its state must be `proposed` and its id new.
  void propose(const Decision& decision, const std::string& by);
  /// Approves it and puts it into the outbox, both or neither.
  void approve(const std::string& id, const std::string& by, Instant at);
  /// Rejects it; takes it out of the outbox. By a person only before it is sent.
  void reject(const std::string& id, const std::string& by, const std::string& note, Instant at);
  /// Expires all decisions that were not sent and whose time is over; their ids.
  std::vector<std::string> expire(Instant now);

  std::optional<Decision> decision(const std::string& id) const;
  /// All decisions, the newest first.
  std::vector<Decision> decisions() const;
  std::vector<DecisionMove> history(const std::string& id) const;

  // -- for the IOC link --
  /// Entries whose next attempt is due, the oldest first. Expired decisions are not among them.
  std::vector<OutboxEntry> due(Instant now) const;
  std::vector<OutboxEntry> outbox() const;
  /// Says that the bytes may reach the IOC from now on; does nothing for one that was sent before.
  void mark_sent(const std::string& id, Instant at);
  void mark_failed(const std::string& id, const std::string& error, Instant next_attempt);
  /// The IOC has it: out of the outbox, its answer kept word for word.
  void mark_acknowledged(const std::string& id, const std::string& answer, Instant at);
  /// The IOC will not have it: out of the outbox, rejected.
  void mark_refused(const std::string& id, const std::string& answer, Instant at);
  /// The IOC says it is done.
  void mark_done(const std::string& id, const std::string& answer, Instant at);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
