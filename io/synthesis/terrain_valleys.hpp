#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "io/synthesis/river_courses.hpp"
#include "twin/raster.hpp"

namespace kontwin {

/// The valley floors of all rivers on one grid.
struct ValleyField {
  static constexpr std::uint16_t no_river = std::numeric_limits<std::uint16_t>::max();
  /// How far from a valley floor's edge the field is known, metres.
  static constexpr double reach_m = 600;

  Raster<float> floor_m;   ///< height of the floor, beyond its edge that at the edge
  Raster<float> beyond_m;  ///< distance beyond the floor's edge, at most 0 on the floor
  Raster<float> along_m;   ///< where along the nearest river
  std::vector<std::uint16_t>
      river;  ///< the nearest river's place in the list; no_river out of reach
  std::vector<std::uint8_t> channel;  ///< 1 between a river's banks
};

/// Lays the valley floors on a grid. Across a river the ground is a flat bed, banks, then a
/// riverside terrace that rises gently to the floor's edge; the terrace's width and the banks'
/// height vary along the river with `seed`, as functions of place, so that grids of any cell size
/// agree.
ValleyField lay_valleys(const GridShape& shape, const std::vector<RiverCourse>& courses,
                        std::uint64_t seed);

}  // namespace kontwin
