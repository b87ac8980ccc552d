#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace kontwin {

/// Numbers that are joined into sets one pair after another. A set is named by the least number in
/// it, in whatever order its members came together (boost::disjoint_sets names by rank).
class JoinedSets {
 public:
  /// Each of the numbers below `count` is a set of its own.
  explicit JoinedSets(std::size_t count) : parent_(count), count_(count) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }
  /// The name of the set that `one` is in.
  std::uint32_t find(std::uint32_t one) {
    while (parent_[one] != one) one = parent_[one] = parent_[parent_[one]];
    return one;
  }
  void join(std::uint32_t one, std::uint32_t other) {
    one = find(one);
    other = find(other);
    if (one == other) return;
    parent_[std::max(one, other)] = std::min(one, other);
    --count_;
  }
  /// Sets that there are.
  std::size_t count() const { return count_; }

 private:
  std::vector<std::uint32_t> parent_;
  std::size_t count_;
};

}  // namespace kontwin
