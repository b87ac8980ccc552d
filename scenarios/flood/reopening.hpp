#pragma once

#include "scenarios/flood/stability.hpp"

namespace kontwin::flood {

/// Water that wobbles about a limit must not let a kind onto a road and off it again and again: who
/// was stopped gets through again where it would in water as many times as deep and fast.
inline constexpr double margin_to_reopen = 1.25;

/// The impassable_for mask of water of a depth and speed where that of `before` held so far.
inline unsigned impassable_after(unsigned before, double depth_m, double speed_mps) {
  const unsigned with_margin =
      impassable_for(margin_to_reopen * depth_m, margin_to_reopen * speed_mps);
  return impassable_for(depth_m, speed_mps) | (before & with_margin);
}

}  // namespace kontwin::flood
