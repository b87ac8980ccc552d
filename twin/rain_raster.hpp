#pragma once

#include <string>
#include <vector>

#include "twin/raster.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// Rain over an area as a series of rasters, such as radar gives: each holds from its moment until
/// the next, the last one for good.
struct RainRaster {
  std::string name;  ///< for messages: where it comes from
  GridShape shape;
  std::vector<Instant> at;               ///< rising
  std::vector<std::vector<float>> mmph;  ///< [moment][cell], 0 or more; NaN: not known
};

}  // namespace kontwin
