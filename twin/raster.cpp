#include "twin/raster.hpp"

namespace kontwin {

CellSquare centres_around(const GridShape& shape, LocalPoint point) {
  const double column = std::clamp((point.x_m - shape.left_m) / shape.cell_m - 0.5, 0.0,
                                   static_cast<double>(shape.columns - 1));
  const double row = std::clamp((point.y_m - shape.bottom_m) / shape.cell_m - 0.5, 0.0,
                                static_cast<double>(shape.rows - 1));
  const auto west = static_cast<std::size_t>(column);
  const auto south = static_cast<std::size_t>(row);
  return {.west = west,
          .east = std::min(west + 1, shape.columns - 1),
          .south = south,
          .north = std::min(south + 1, shape.rows - 1),
          .eastward = column - static_cast<double>(west),
          .northward = row - static_cast<double>(south)};
}

double interpolate(const Raster<float>& raster, LocalPoint point) {
  const CellSquare at = centres_around(raster.shape, point);
  const double fx = at.eastward;
  const double fy = at.northward;
  const double south = raster.at(at.west, at.south) * (1 - fx) + raster.at(at.east, at.south) * fx;
  const double north = raster.at(at.west, at.north) * (1 - fx) + raster.at(at.east, at.north) * fx;
  return south * (1 - fy) + north * fy;
}

}  // namespace kontwin
