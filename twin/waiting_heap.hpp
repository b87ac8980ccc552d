#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kontwin {

/// A junction waiting to be settled by a search, cheapest first and lowest row first among equals.
struct Waiting {
  double cost;
  std::uint32_t junction;
  friend bool operator<(const Waiting& a, const Waiting& b) {
    return a.cost < b.cost || (a.cost == b.cost && a.junction < b.junction);
  }
};

/// A heap of four children a node: half as deep as one of two, and the four lie side by side.
class WaitingHeap {
 public:
  void reserve(std::size_t size) { items_.reserve(size); }
  void clear() { items_.clear(); }
  bool empty() const { return items_.empty(); }
  void push(Waiting item) {
    std::size_t at = items_.size();
    items_.push_back(item);
    while (at > 0) {
      const std::size_t parent = (at - 1) / 4;
      if (!(item < items_[parent])) break;
      items_[at] = items_[parent];
      at = parent;
    }
    items_[at] = item;
  }
  Waiting pop() {
    const Waiting first = items_.front();
    const Waiting last = items_.back();
    items_.pop_back();
    const std::size_t count = items_.size();
    if (count == 0) return first;
    std::size_t at = 0;
    for (;;) {
      const std::size_t child = 4 * at + 1;
      if (child >= count) break;
      std::size_t least = child;
      const std::size_t end = child + 4 < count ? child + 4 : count;
      for (std::size_t other = child + 1; other < end; ++other) {
        if (items_[other] < items_[least]) least = other;
      }
      if (!(items_[least] < last)) break;
      items_[at] = items_[least];
      at = least;
    }
    items_[at] = last;
    return first;
  }

 private:
  std::vector<Waiting> items_;
};

}  // namespace kontwin
