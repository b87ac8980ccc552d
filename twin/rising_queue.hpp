#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace kontwin {

/// A priority queue of cells by level, lowest first and ties by cell number, for floods that only
/// rise: nothing is pushed below what was popped last (Barnes, Lehman and Mulla 2014, Comput.
/// Geosci. 62). Levels are sorted into many narrow drawers, so that only the drawer at work is kept
/// in order; that is several times as fast as one heap over all. Each cell is pushed at most once.
class RisingQueue {
 public:
  struct Entry {
    float level = 0;
    std::uint32_t cell = 0;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  /// For cells 0 to `cells` - 1, fewer than 2^32. Levels outside the range are allowed, but those
  /// far outside are slow.
  RisingQueue(std::size_t cells, float lowest, float highest)
      : of_(cells), first_(std::clamp<std::size_t>(cells / 4, 1, 1U << 22U), none) {
    const double wide = std::max(1e-3, static_cast<double>(highest) - static_cast<double>(lowest));
    lowest_ = lowest;
    drawers_a_level_ = static_cast<double>(first_.size()) / wide;
  }

  void push(float level, std::uint32_t cell) {
    const std::size_t drawer = drawer_of(level);
    if (drawer <= open_) {
      heap_.push_back({level, cell});
      std::ranges::push_heap(heap_, std::greater{});
      return;
    }
    of_[cell] = {level, std::exchange(first_[drawer], cell)};
  }

  /// The lowest, or nothing when it is empty.
  std::optional<Entry> pop() {
    while (heap_.empty()) {
      if (++open_ >= first_.size()) return std::nullopt;
      for (std::uint32_t cell = first_[open_]; cell != none; cell = of_[cell].next) {
        heap_.push_back({of_[cell].level, cell});
      }
      std::ranges::make_heap(heap_, std::greater{});
    }
    std::ranges::pop_heap(heap_, std::greater{});
    const Entry lowest = heap_.back();
    heap_.pop_back();
    return lowest;
  }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  std::size_t drawer_of(float level) const {
    const double drawer = (static_cast<double>(level) - lowest_) * drawers_a_level_;
    if (!(drawer > 0)) return 0;
    return static_cast<std::size_t>(std::min(drawer, static_cast<double>(first_.size() - 1)));
  }

  struct Link {
    float level = 0;
    std::uint32_t next = none;  // in the same drawer
  };
  std::vector<Link> of_;              // [cell]
  std::vector<std::uint32_t> first_;  // [drawer]
  std::vector<Entry> heap_;           // of the open drawer and those below
  std::size_t open_ = 0;
  double lowest_ = 0, drawers_a_level_ = 1;
};

}  // namespace kontwin
