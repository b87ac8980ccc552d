#pragma once

#include <cstdint>
#include <vector>

#include "twin/raster.hpp"

namespace kontwin {

/// Where the water of each cell goes.
struct Drainage {
  std::vector<std::uint32_t> order;     ///< all cells, each after the one it drains to
  std::vector<std::uint32_t> receiver;  ///< the cell each drains to; itself for an outlet
};

/// Drains a surface to its outlets: the cells where `outlet` is not 0, and the grid's edge. Cells
/// are visited in the order of a priority flood (Barnes, Lehman, Mulla 2014), so hollows drain over
/// their lowest rim, and each drains to its steepest neighbour among those visited before it.
/// `outlet.size()` is the number of cells.
Drainage drain(const Raster<float>& surface, const std::vector<std::uint8_t>& outlet);

/// The area that drains through each cell, itself included, square metres.
std::vector<float> drained_area_m2(const Drainage& drainage, double cell_m);

/// Raises what lies lower than the cell it drains to, to `step_m` above it: no hollow is left but
/// under outlets.
void fill_hollows(Raster<float>& surface, const Drainage& drainage, float step_m);

}  // namespace kontwin
