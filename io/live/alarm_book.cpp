#include "io/live/alarm_book.hpp"

#include <utility>

namespace kontwin {

void AlarmBook::note(const Event& event) {
  if (event.severity == Severity::notice) return;
  const std::scoped_lock lock(mutex_);
  gathered_.push_back(event);
}

void AlarmBook::write() {
  std::vector<Event> written;
  {
    const std::scoped_lock lock(mutex_);
    written.swap(gathered_);
  }
  if (written.empty()) return;
  try {
    store_.record_events(written, world_);
  } catch (...) {
    const std::scoped_lock lock(mutex_);
    written.insert(written.end(), gathered_.begin(), gathered_.end());
    gathered_ = std::move(written);
    throw;
  }
}

}  // namespace kontwin
