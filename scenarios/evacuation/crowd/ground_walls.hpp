#pragma once

#include <vector>

#include "scenarios/evacuation/crowd/ground.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"

namespace kontwin::crowd {

/// What of a building may be passed at a moment.
struct Passable {
  std::vector<std::uint8_t> openings, exits;  ///< [opening], [exit]: open
  std::vector<std::uint8_t> blockages;        ///< [blockage]: stands in the way
  friend bool operator==(const Passable&, const Passable&) = default;
};

/// The walls of each surface in plan at a moment: its borders without the gaps that are open, doors
/// across it that are shut, outlines of what blocks it. [surface][wall].
std::vector<std::vector<Segment>> walls_of(const Building& building, const Passable& passable);

}  // namespace kontwin::crowd
