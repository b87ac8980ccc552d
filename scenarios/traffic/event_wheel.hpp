#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "scenarios/traffic/vehicle_class.hpp"

namespace kontwin::traffic {

/// Who is to be woken when: at most one moment for each of a fixed set of numbers. Moments come out
/// by time, then by number. A wheel of buckets of about a second holds what is far, a heap what is
/// in the current bucket; scheduling and cancelling take constant time and no memory.
class EventWheel {
 public:
  explicit EventWheel(std::uint32_t ids);

  static constexpr Micros never = std::numeric_limits<Micros>::max();

  /// Wakes `id` at `at`, instead of any moment it had; moments that are past mean now.
  void schedule(std::uint32_t id, Micros at);
  void cancel(std::uint32_t id);
  /// The moment of `id`, or never.
  Micros at(std::uint32_t id) const { return time_[id]; }

  struct Due {
    Micros at;
    std::uint32_t id;
  };
  /// Takes the first moment before `until` out; false when there is none.
  bool pop(Micros until, Due& due);

 private:
  static constexpr int bucket_bits = 20;
  static constexpr std::int64_t buckets = 8192;  // 2.4 hours; what is later waits in the last
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint32_t in_heap = none - 1;

  void file(std::uint32_t id);
  void push(std::uint32_t id);
  void next_bucket();

  std::int64_t current_ = 0;
  Micros now_ = 0;
  std::vector<Micros> time_;                    // [id]
  std::vector<std::uint32_t> next_, previous_;  // [id] in its bucket
  std::vector<std::uint32_t> slot_;             // [id] bucket, in_heap or none
  std::vector<std::uint32_t> first_;            // [bucket]
  std::vector<Due> heap_;
};

}  // namespace kontwin::traffic
