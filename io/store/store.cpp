#include "io/store/store.hpp"

#include "io/store/store_impl.hpp"
#include "io/wire/decision_wire.hpp"

namespace kontwin {

namespace {

constexpr const char* decision_columns = "SELECT body, state, approved_by, acknowledgement FROM ";

Decision decision_from(const Statement& row) {
  auto decoded = decode_decision_json(row.text(0));
  if (!decoded) throw StoreError("the store holds a broken decision: " + decoded.error().text());
  decoded->state = state_from(row.text(1));
  decoded->approved_by = row.text(2);
  decoded->acknowledgement = row.text(3);
  return std::move(*decoded);
}

}  // namespace

Store::Store(const std::filesystem::path& path) : impl_(std::make_unique<Impl>(path)) {}
Store::~Store() = default;

void Store::record_event(const Event& event, const World& world) {
  record_events({&event, 1}, world);
}

void Store::record_events(std::span<const Event> events, const World& world) {
  const std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database);
  for (const Event& event : events) {
    Statement statement(
        impl_->database,
        "INSERT INTO events (at_ms, entity, type, value, severity) VALUES (?, ?, ?, ?, ?)");
    statement.bind(to_ms(event.at)).bind(world.urn(event.entity)).bind(name_of(event.type));
    statement.bind(event.value).bind(name_of(event.severity)).run();
  }
  transaction.commit();
}

std::vector<StoredEvent> Store::events(std::int64_t after, std::size_t limit) const {
  const std::lock_guard lock(impl_->mutex);
  Statement statement(impl_->database,
                      "SELECT number, at_ms, entity, type, value, severity FROM events"
                      " WHERE number > ? ORDER BY number LIMIT ?");
  statement.bind(after).bind(static_cast<std::int64_t>(limit));
  std::vector<StoredEvent> events;
  while (statement.step()) {
    events.push_back({statement.integer(0), from_ms(statement.integer(1)), statement.text(2),
                      statement.text(3), statement.number(4), statement.text(5)});
  }
  return events;
}

std::int64_t Store::event_count() const {
  const std::lock_guard lock(impl_->mutex);
  Statement statement(impl_->database, "SELECT count(*) FROM events");
  statement.step();
  return statement.integer(0);
}

void Store::propose(const Decision& decision, const std::string& by) {
  if (decision.state != DecisionState::proposed) {
    throw StoreError("decision " + decision.id + " is not newly proposed");
  }
  if (const auto problem = check_decision(decision)) {
    throw StoreError("decision " + decision.id + ": " + problem->text());
  }
  const std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database);
  Statement statement(impl_->database,
                      "INSERT INTO decisions (id, state, body, proposed_at_ms, expires_at_ms)"
                      " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING");
  statement.bind(decision.id).bind(name_of(decision.state)).bind(encode_decision_json(decision));
  statement.bind(to_ms(decision.proposed_at)).bind(to_ms(decision.expires_at)).run();
  if (impl_->database.changes() == 0) {
    throw StoreError("there is a decision " + decision.id + " already");
  }
  impl_->write_move(decision.id, decision.proposed_at, std::nullopt, DecisionState::proposed, by,
                    "");
  transaction.commit();
}

void Store::approve(const std::string& id, const std::string& by, Instant at) {
  auto approved = decision(id);
  if (!approved) throw StoreError("there is no decision " + id);
  if (at >= approved->expires_at) {
    throw StoreError("decision " + id + " was to be approved before " +
                     format_local(approved->expires_at));
  }
  approved->state = DecisionState::approved;
  approved->approved_by = by;
  const std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database);
  impl_->move(id, DecisionState::approved, at, by, "");
  Statement(impl_->database, "UPDATE decisions SET approved_by = ? WHERE id = ?")
      .bind(by)
      .bind(id)
      .run();
  Statement statement(impl_->database,
                      "INSERT INTO outbox (decision_id, body, next_attempt_ms) VALUES (?, ?, ?)");
  statement.bind(id).bind(encode_decision_json(*approved)).bind(to_ms(at)).run();
  transaction.commit();
}

void Store::reject(const std::string& id, const std::string& by, const std::string& note,
                   Instant at) {
  const std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database);
  if (impl_->state_of(id) == DecisionState::sent) {
    throw StoreError("decision " + id + " is sent: only the IOC can reject it now");
  }
  impl_->move(id, DecisionState::rejected, at, by, note);
  impl_->leave_outbox(id);
  transaction.commit();
}

std::vector<std::string> Store::expire(Instant now) {
  const std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database);
  std::vector<std::string> ids;
  {
    Statement statement(impl_->database,
                        "SELECT id FROM decisions WHERE state IN ('proposed', 'approved')"
                        " AND expires_at_ms <= ? ORDER BY expires_at_ms, id");
    statement.bind(to_ms(now));
    while (statement.step()) ids.push_back(statement.text(0));
  }
  for (const std::string& id : ids) {
    impl_->move(id, DecisionState::expired, now, "clock", "");
    impl_->leave_outbox(id);
  }
  transaction.commit();
  return ids;
}

std::optional<Decision> Store::decision(const std::string& id) const {
  const std::lock_guard lock(impl_->mutex);
  Statement statement(impl_->database, std::string(decision_columns) + "decisions WHERE id = ?");
  if (!statement.bind(id).step()) return std::nullopt;
  return decision_from(statement);
}

std::vector<Decision> Store::decisions() const {
  const std::lock_guard lock(impl_->mutex);
  Statement statement(impl_->database,
                      std::string(decision_columns) + "decisions ORDER BY proposed_at_ms DESC, id");
  std::vector<Decision> decisions;
  while (statement.step()) decisions.push_back(decision_from(statement));
  return decisions;
}

std::vector<DecisionMove> Store::history(const std::string& id) const {
  const std::lock_guard lock(impl_->mutex);
  Statement statement(impl_->database,
                      "SELECT at_ms, from_state, to_state, by_whom, note FROM decision_moves"
                      " WHERE decision_id = ? ORDER BY number");
  statement.bind(id);
  std::vector<DecisionMove> moves;
  while (statement.step()) {
    moves.push_back({from_ms(statement.integer(0)), parse_decision_state(statement.text(1)),
                     state_from(statement.text(2)), statement.text(3), statement.text(4)});
  }
  return moves;
}

}  // namespace kontwin
