#include "io/store/store_impl.hpp"

// The outbox, and what the IOC link says of it.
namespace kontwin {

namespace {
constexpr const char* outbox_columns =
    "SELECT o.decision_id, o.body, o.attempts, o.next_attempt_ms, o.last_error FROM outbox o"
    " JOIN decisions d ON d.id = o.decision_id ";
}

std::vector<OutboxEntry> Store::due(Instant now) const {
  const std::lock_guard lock(impl_->mutex);
  Statement statement(impl_->database,
                      std::string(outbox_columns) +
                          "WHERE o.next_attempt_ms <= ?"
                          " AND (d.state = 'sent' OR d.expires_at_ms > ?) ORDER BY o.number");
  statement.bind(to_ms(now)).bind(to_ms(now));
  return impl_->outbox(statement);
}

std::vector<OutboxEntry> Store::outbox() const {
  const std::lock_guard lock(impl_->mutex);
  Statement statement(impl_->database, std::string(outbox_columns) + "ORDER BY o.number");
  return impl_->outbox(statement);
}

void Store::mark_sent(const std::string& id, Instant at) {
  const std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database);
  if (impl_->state_of(id) == DecisionState::sent) return;
  impl_->move(id, DecisionState::sent, at, "ioc", "");
  transaction.commit();
}

void Store::mark_failed(const std::string& id, const std::string& error, Instant next_attempt) {
  const std::lock_guard lock(impl_->mutex);
  Statement statement(impl_->database,
                      "UPDATE outbox SET attempts = attempts + 1, last_error = ?,"
                      " next_attempt_ms = ? WHERE decision_id = ?");
  statement.bind(error).bind(to_ms(next_attempt)).bind(id).run();
}

void Store::mark_acknowledged(const std::string& id, const std::string& answer, Instant at) {
  impl_->answered(id, DecisionState::acknowledged, answer, at);
}

void Store::mark_refused(const std::string& id, const std::string& answer, Instant at) {
  impl_->answered(id, DecisionState::rejected, answer, at);
}

void Store::mark_done(const std::string& id, const std::string& answer, Instant at) {
  const std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database);
  impl_->move(id, DecisionState::done, at, "ioc", answer);
  transaction.commit();
}

}  // namespace kontwin
