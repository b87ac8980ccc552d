#pragma once

#include <vector>

#include "scenarios/evacuation/crowd/ground.hpp"

namespace kontwin::crowd {

/// Openings and exits with a prescribed greatest flow: each lets a head through when its turn has
/// come, and holds the next back.
class GapLimits {
 public:
  static constexpr std::uint32_t no_gap = 0xFFFFFFFF;

  GapLimits(const Building& building, LocalPoint origin);

  bool empty() const { return gaps_.empty(); }
  /// The limited gap that a step on a surface crosses, or no_gap. From any thread.
  std::uint32_t crossed(std::uint32_t surface, float x0, float y0, float x1, float y1) const;
  /// Time goes on.
  void pass_time(double seconds);
  /// Whether so many heads may pass a gap now; they have then.
  bool let_through(std::uint32_t gap, std::uint32_t heads);

 private:
  struct Gap {
    std::uint32_t surface, beyond;
    float ax, ay, bx, by;
    double heads_per_s;
    double turn;  ///< heads that may pass now
  };
  std::vector<Gap> gaps_;
};

}  // namespace kontwin::crowd
