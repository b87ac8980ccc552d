#pragma once

#include "twin/raster.hpp"

namespace kontwin {

/// Gives each NaN cell the value of the nearest cell that has one (in steps from cell to cell, ties
/// to the cell that comes first); how many there were.
std::size_t fill_from_nearest(Raster<float>& raster);

}  // namespace kontwin
