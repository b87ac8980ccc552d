#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kontwin::evacuation {

/// Moments of numbered things, first ones first, ties by number.
class Agenda {
 public:
  struct Due {
    double at_s;
    std::uint32_t number;
  };

  void add(double at_s, std::uint32_t number) {
    heap_.push_back({at_s, number});
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  bool empty() const { return heap_.empty(); }
  /// Takes the first before `until_s` out; false when there is none.
  bool pop(double until_s, Due& due) {
    if (heap_.empty() || heap_.front().at_s >= until_s) return false;
    due = heap_.front();
    std::pop_heap(heap_.begin(), heap_.end(), later);
    heap_.pop_back();
    return true;
  }

 private:
  static bool later(const Due& a, const Due& b) {
    return a.at_s != b.at_s ? a.at_s > b.at_s : a.number > b.number;
  }
  std::vector<Due> heap_;
};

}  // namespace kontwin::evacuation
