#pragma once

#include "twin/terrain.hpp"

namespace kontwin::testing {

/// Ground at 10 m.
inline TerrainGrid level_ground(std::size_t columns, std::size_t rows, double cell_m,
                                float manning_n) {
  const GridShape shape{.cell_m = cell_m, .columns = columns, .rows = rows};
  return {"test", Raster<float>(shape, 10), Raster<float>(shape, manning_n)};
}

}  // namespace kontwin::testing
