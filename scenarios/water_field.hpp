#pragma once

#include <optional>

#include "twin/raster.hpp"

namespace kontwin {

/// Ground and water round a place now, rasters of one shape. Velocities are depth-averaged.
struct WaterWindow {
  Raster<float> ground_m, depth_m, east_mps, north_mps;
};

/// How other engines see the water where the state table, which holds it at entities only, says too
/// little: those that put things into it. The flood engine offers it. Both run on the same thread,
/// in the fixed order of the exchange.
class WaterField {
 public:
  virtual ~WaterField() = default;
  /// The part of the finest grid at the middle of `box` that lies in it; nothing where there is no
  /// water, fewer than 2 x 2 cells, or no grid.
  virtual std::optional<WaterWindow> window(const LocalBox& box) const = 0;
};

}  // namespace kontwin
