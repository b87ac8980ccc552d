#pragma once

#include <mutex>

#include "io/store/sqlite.hpp"
#include "io/store/store.hpp"
#include "io/store/store_schema.hpp"

namespace kontwin {

inline std::int64_t to_ms(Instant at) { return at.time_since_epoch().count(); }
inline Instant from_ms(std::int64_t ms) { return Instant{Duration{ms}}; }

inline DecisionState state_from(const std::string& name) {
  const auto state = parse_decision_state(name);
  if (!state) throw StoreError("the store holds a decision in the unknown state " + name);
  return *state;
}

/// The store's database, and the moves of a decision that all its parts share.
struct Store::Impl {
  explicit Impl(const std::filesystem::path& path) : database(path) { prepare_store(database); }

  DecisionState state_of(const std::string& id) {
    Statement statement(database, "SELECT state FROM decisions WHERE id = ?");
    if (!statement.bind(id).step()) throw StoreError("there is no decision " + id);
    return state_from(statement.text(0));
  }

  void write_move(const std::string& id, Instant at, std::optional<DecisionState> from,
                  DecisionState to, const std::string& by, const std::string& note) {
    Statement statement(database,
                        "INSERT INTO decision_moves (decision_id, at_ms, from_state, to_state,"
                        " by_whom, note) VALUES (?, ?, ?, ?, ?, ?)");
    statement.bind(id).bind(to_ms(at)).bind(from ? name_of(*from) : "").bind(name_of(to));
    statement.bind(by).bind(note).run();
  }

  /// One move of a decision, with its line in the history. Inside a transaction.
  void move(const std::string& id, DecisionState to, Instant at, const std::string& by,
            const std::string& note) {
    const DecisionState from = state_of(id);
    if (!may_follow(from, to)) {
      throw StoreError("decision " + id + " is " + std::string(name_of(from)) + ": it cannot be " +
                       std::string(name_of(to)));
    }
    Statement(database, "UPDATE decisions SET state = ? WHERE id = ?")
        .bind(name_of(to))
        .bind(id)
        .run();
    write_move(id, at, from, to, by, note);
  }

  void leave_outbox(const std::string& id) {
    Statement(database, "DELETE FROM outbox WHERE decision_id = ?").bind(id).run();
  }

  /// The IOC has answered: a transaction of its own.
  void answered(const std::string& id, DecisionState to, const std::string& answer, Instant at) {
    const std::lock_guard lock(mutex);
    Transaction transaction(database);
    move(id, to, at, "ioc", answer);
    Statement(database, "UPDATE decisions SET acknowledgement = ? WHERE id = ?")
        .bind(answer)
        .bind(id)
        .run();
    leave_outbox(id);
    transaction.commit();
  }

  std::vector<OutboxEntry> outbox(Statement& statement) {
    std::vector<OutboxEntry> entries;
    while (statement.step()) {
      entries.push_back({statement.text(0), statement.text(1),
                         static_cast<std::uint32_t>(statement.integer(2)),
                         from_ms(statement.integer(3)), statement.text(4)});
    }
    return entries;
  }

  Database database;
  mutable std::mutex mutex;
};

}  // namespace kontwin
