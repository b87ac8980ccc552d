#pragma once

#include <array>

#include "twin/geometry.hpp"
#include "twin/raster.hpp"

namespace kontwin {

/// How the axes of a grid lie on its plane: turned about a point. Not turned, places along the axes
/// are places on the plane, to the last bit.
struct GridTurn {
  double degrees = 0;     ///< from east towards north, against the clock
  LocalPoint about = {};  ///< the same place either way

  bool any() const { return degrees != 0; }
  /// A place along the axes of the grid, on its plane.
  LocalPoint on_plane(LocalPoint along) const;
  /// A place on the plane, along the axes of the grid.
  LocalPoint along_axes(LocalPoint on) const;
  /// A direction along the axes, on the plane.
  LocalPoint heading_on_plane(LocalPoint along) const;
  /// The box that holds a box along the axes, on the plane.
  LocalBox box_on_plane(const LocalBox& along) const;
  /// Where the cells of a grid lie on the plane as GDAL tells it, the first row in the north: x and
  /// y of the outer corner, and how they change with a column and a row.
  std::array<double, 6> geotransform(const GridShape& shape) const;

  friend bool operator==(const GridTurn&, const GridTurn&) = default;
};

}  // namespace kontwin
