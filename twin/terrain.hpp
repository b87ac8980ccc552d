#pragma once

#include <string>
#include <vector>

#include "twin/raster.hpp"

namespace kontwin {

/// One grid of ground heights (metres above the national datum) with what covers it.
struct TerrainGrid {
  std::string name;  ///< `province`, `kontum-city`, `mang-den`, ...
  Raster<float> elevation_m;
  Raster<float> manning_n;  ///< Manning's roughness, s/m^(1/3), same shape
};

/// The ground: a coarse grid of everything and finer insets, finest last.
struct Terrain {
  std::vector<TerrainGrid> grids;

  /// The height from the finest grid that contains `point`; the coarse grid's edge outside it.
  double elevation_m(LocalPoint point) const {
    return interpolate(finest_at(point).elevation_m, point);
  }
  /// The finest grid that contains `point`, the first grid where none does. Needs at least one
  /// grid.
  const TerrainGrid& finest_at(LocalPoint point) const {
    for (auto grid = grids.rbegin(); grid != grids.rend(); ++grid) {
      if (grid->elevation_m.shape.contains(point)) return *grid;
    }
    return grids.front();
  }
  /// The grid with this name, or null.
  const TerrainGrid* find(const std::string& name) const {
    for (const auto& grid : grids) {
      if (grid.name == name) return &grid;
    }
    return nullptr;
  }
};

}  // namespace kontwin
