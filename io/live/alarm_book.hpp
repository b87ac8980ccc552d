#pragma once

#include <mutex>
#include <vector>

#include "io/store/store.hpp"
#include "twin/event.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Keeps the warnings and alarms of a live mirror in a store. They are gathered as they come and
/// written together, so that a storm of them waits for the disk once; what a full disk refuses is
/// kept and written at the next try.
class AlarmBook {
 public:
  /// `store` and `world` must outlive it.
  AlarmBook(Store& store, const World& world) : store_(store), world_(world) {}

  /// Takes an event in; notices are passed over. Any thread.
  void note(const Event& event);
  /// Writes what was gathered, in the order it came. Throws StoreError, and loses nothing by it.
  void write();

 private:
  Store& store_;
  const World& world_;
  std::mutex mutex_;
  std::vector<Event> gathered_;
};

}  // namespace kontwin
