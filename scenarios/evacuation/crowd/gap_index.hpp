#pragma once

#include <vector>

#include "scenarios/evacuation/crowd/ground.hpp"
#include "scenarios/evacuation/crowd/ground_walls.hpp"

namespace kontwin::crowd {

/// Finds the openings and exits that a step passes through: a coarse map of each surface tells at
/// once that there is none near, which is so for most steps.
class GapIndex {
 public:
  GapIndex(const Building& building, LocalPoint origin);
  void set_passable(const Passable& passable);
  /// See Ground::step.
  Ground::Step step(const Building& building, std::uint32_t surface, float x0, float y0, float x1,
                    float y1) const;

 private:
  /// A gap as one of its surfaces sees it: `inward` is +1 when that surface lies to the left of
  /// a → b. Both sides share the same arithmetic, so that nobody is on neither.
  struct Gap {
    float ax, ay, bx, by;
    float inward;
    std::uint32_t number;  ///< the same for both sides
    std::uint32_t beyond;  ///< surface, or Ground::no_exit for an exit
    std::uint32_t exit;    ///< or Ground::no_exit
  };
  struct Map {
    float x0 = 0, y0 = 0;
    std::int32_t columns = 0, rows = 0;
    std::vector<std::uint8_t> near;
    std::vector<Gap> gaps;
  };
  bool anything_near(const Map& map, float x, float y) const;
  const Gap* passed(const Map& map, std::uint32_t last, float x0, float y0, float x1,
                    float y1) const;
  const Gap* slipped_through(const Building& building, std::uint32_t surface, float x,
                             float y) const;

  LocalPoint origin_;
  std::vector<Map> maps_;           ///< [surface]
  std::vector<std::uint8_t> open_;  ///< [number]: openings, then exits
};

}  // namespace kontwin::crowd
