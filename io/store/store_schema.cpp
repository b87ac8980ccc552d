#include "io/store/store_schema.hpp"

#include <array>
#include <string>

#include "io/store/sqlite.hpp"
#include "io/store/store.hpp"

namespace kontwin {

namespace {

/// Step n brings a store of version n to version n + 1. Append, never change.
constexpr std::array steps{
    R"(
CREATE TABLE events (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  entity TEXT NOT NULL,
  type TEXT NOT NULL,
  value REAL,
  severity TEXT NOT NULL
);
CREATE INDEX events_by_time ON events (at_ms);
CREATE TABLE decisions (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  body TEXT NOT NULL,               -- the decision as JSON, without state and answers
  proposed_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  approved_by TEXT NOT NULL DEFAULT '',
  acknowledgement TEXT NOT NULL DEFAULT ''
);
CREATE TABLE decision_moves (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  decision_id TEXT NOT NULL REFERENCES decisions (id),
  at_ms INTEGER NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX moves_by_decision ON decision_moves (decision_id);
CREATE TABLE outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  decision_id TEXT NOT NULL UNIQUE REFERENCES decisions (id),
  body TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_ms INTEGER NOT NULL,
  last_error TEXT NOT NULL DEFAULT ''
);
)"};

std::int64_t version_of(Database& database) {
  Statement statement(database, "PRAGMA user_version");
  statement.step();
  return statement.integer(0);
}

}  // namespace

void prepare_store(Database& database) {
  Transaction transaction(database);
  const std::int64_t version = version_of(database);
  if (version > static_cast<std::int64_t>(steps.size())) {
    throw StoreError(database.path() + ": has version " + std::to_string(version) +
                     "; this program knows versions up to " + std::to_string(steps.size()));
  }
  for (auto step = static_cast<std::size_t>(version); step < steps.size(); ++step) {
    database.run(steps[step]);
    database.run(("PRAGMA user_version = " + std::to_string(step + 1)).c_str());
  }
  transaction.commit();
}

}  // namespace kontwin
