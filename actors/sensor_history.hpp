#pragma once

#include <deque>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "twin/observation.hpp"

namespace kontwin {

/// What sensors that a branch can start from have measured lately: flows of traffic counters,
/// stages of river gauges, rain of rain gauges. Bounded in time and in number. All calls may come
/// from any thread.
class SensorHistory {
 public:
  /// Of each sensor's property the readings of the last `keep` before its newest are kept, at most
  /// `most` of them.
  explicit SensorHistory(Duration keep, std::size_t most = 4096) : keep_(keep), most_(most) {}

  /// Takes readings in, those of other properties left out. One of the moment of the newest takes
  /// its place; one that is older is left out, as its actor refuses it.
  void note(std::span<const Reading> readings);
  /// All from `from` on, by entity, then time.
  std::vector<Reading> since(Instant from) const;

 private:
  Duration keep_;
  std::size_t most_;
  mutable std::mutex mutex_;
  std::unordered_map<std::uint64_t, std::deque<Reading>> of_;  // by kind, row
};

}  // namespace kontwin
