#include "twin/raster.hpp"

namespace kontwin {

double interpolate(const Raster<float>& raster, LocalPoint point) {
  const GridShape& shape = raster.shape;
  const double column = std::clamp((point.x_m - shape.left_m) / shape.cell_m - 0.5, 0.0,
                                   static_cast<double>(shape.columns - 1));
  const double row = std::clamp((point.y_m - shape.bottom_m) / shape.cell_m - 0.5, 0.0,
                                static_cast<double>(shape.rows - 1));
  const auto c0 = static_cast<std::size_t>(column);
  const auto r0 = static_cast<std::size_t>(row);
  const std::size_t c1 = std::min(c0 + 1, shape.columns - 1);
  const std::size_t r1 = std::min(r0 + 1, shape.rows - 1);
  const double fx = column - static_cast<double>(c0);
  const double fy = row - static_cast<double>(r0);
  const double south = raster.at(c0, r0) * (1 - fx) + raster.at(c1, r0) * fx;
  const double north = raster.at(c0, r1) * (1 - fx) + raster.at(c1, r1) * fx;
  return south * (1 - fy) + north * fy;
}

}  // namespace kontwin
