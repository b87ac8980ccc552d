#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/network/units.hpp"

namespace kontwin::traffic {

/// Who is to be woken when: at most one moment for each of a set of numbers. Moments come out by
/// time, then by number. A wheel of buckets of about a quarter of a second holds what is far, a
/// heap what is in the current bucket; scheduling and cancelling take constant time and no memory.
class EventWheel {
 public:
  /// What is known of one number. Wheels of several parts of a network may share one table of them,
  /// as long as each number is only ever used with one wheel.
  struct Entry {
    Micros at = never;
    std::uint32_t next = none, previous = none;  // in its bucket
    std::uint32_t bucket = none;                 // or in_heap, or none
  };

  EventWheel();

  /// Wakes `id` at `at`, instead of any moment it had; moments that are past mean now.
  void schedule(std::span<Entry> entries, std::uint32_t id, Micros at);
  void cancel(std::span<Entry> entries, std::uint32_t id);

  struct Due {
    Micros at;
    std::uint32_t id;
  };
  /// Lists who is to be woken next, in no order, until at least `wanted` are listed or all before
  /// `until` are; returns a moment, at most `until`, before which nobody else wakes as things
  /// stand.
  Micros coming(std::span<const Entry> entries, Micros until, std::size_t wanted,
                std::vector<std::uint32_t>& ids) const;
  /// Takes the first moment before `until` out; false when there is none.
  bool pop(std::span<Entry> entries, Micros until, Due& due);

 private:
  static constexpr int bucket_bits = 18;
  static constexpr std::int64_t buckets = 4096;  // 18 minutes; what is later waits in the last
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint32_t in_heap = none - 1;

  void file(std::span<Entry> entries, std::uint32_t id);
  void next_bucket(std::span<Entry> entries);

  std::int64_t current_ = 0;
  Micros now_ = 0;
  std::vector<std::uint32_t> first_;  // [bucket]
  std::vector<Due> heap_;
};

}  // namespace kontwin::traffic
