#pragma once

#include <cstdint>
#include <vector>

#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin::slope {

/// Which roads something lies on, both directions at once, and until when.
class DebrisBook {
 public:
  /// What lies on roads in `state` stays until it is cleared.
  DebrisBook(const World& world, const StateTable& state);

  /// Puts debris on a road. What lies there already stays as long as the longer of both.
  void block(StateTable& state, std::uint32_t road, Instant until = Instant::max());
  void clear(StateTable& state, std::uint32_t road);
  /// Clears the roads whose time has come.
  void clear_due(StateTable& state, Instant now);

  /// Notes that what lies on roads now lay there for a while.
  void pass(double hours);
  /// How long something lay on each road so far. [road]
  const std::vector<double>& blocked_h() const { return blocked_h_; }

  /// Road links under debris now, both directions counted once.
  std::size_t blocked() const;

 private:
  void set(StateTable& state, std::uint32_t road, Instant until);

  const World& world_;
  std::vector<Instant> until_;          // [road]; Instant::min(): nothing there
  std::vector<double> blocked_h_;       // [road]
  std::vector<std::uint32_t> waiting_;  // roads that will be cleared by themselves
};

}  // namespace kontwin::slope
