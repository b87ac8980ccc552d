#pragma once

#include "scenarios/flood/fed_water.hpp"
#include "scenarios/flood/flood_grids.hpp"

namespace kontwin::flood {

/// Lets water that was put into rivers at rest (initial_water.hpp) find its flow under what comes
/// in as it is set: for `most_h` hours, or shorter where it is steady before: over ten minutes no
/// more water moves into and out of cells than a quarter of what came onto the grid, or not more
/// than half, and no less than in the ten minutes before, as where a wide plain fills. Nothing is
/// steady while nothing comes.
void settle(FedWater& water, const FloodGrids& grids, double most_h);

}  // namespace kontwin::flood
