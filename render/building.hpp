#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "render/segment_index.hpp"

namespace kontwin {

/// A house drawn for the people of a residence. No source gives single houses: their places are
/// made up for the picture, along the streets.
struct House {
  LocalPoint place;
  double angle_rad = 0;
  float length_m = 10, width_m = 6, height_m = 4;
  std::uint8_t look = 0;  ///< which wall and roof, 0 to 7
};

/// Houses for some residences (rows), at most `most_each` for one: along the roads nearby, off
/// their carriageways, not into each other. The same for the same world.
std::vector<House> houses_of(const World& world, const SegmentIndex& roads,
                             std::span<const std::uint32_t> residences, std::size_t most_each);

}  // namespace kontwin
