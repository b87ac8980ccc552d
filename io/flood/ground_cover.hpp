#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/flood/case_polygons.hpp"
#include "io/flood/case_raster.hpp"
#include "io/flood/flood_case.hpp"
#include "io/import/land_cover.hpp"

namespace kontwin::flood {

/// Manning's n, s/m^(1/3).
inline constexpr RasterFile::Range possible_roughness{0, 2};

/// Polygons, or the cells where a raster has a value; and what messages call them.
struct CoveredArea {
  std::vector<PlanePolygon> polygons;
  std::optional<CaseRaster> raster;
  std::string name;
};
/// What is changed on them: ground raised, another roughness.
struct CoveredGround {
  CoveredArea area;
  std::optional<double> height_m, manning_n;
};

/// What lies on the ground of every grid of a case; what comes later counts over what came before.
struct GroundCover {
  double manning_n = 0.035;
  std::optional<CaseRaster> roughness;  ///< of Manning's n; or
  std::optional<CaseRaster> classes;    ///< of land cover, with the roughness of each class
  RoughnessTable of_class = worldcover_roughness();
  std::vector<CoveredGround> areas;
};

/// Adds a grid to a case: covered, and walled off where it has no height. Adds a note on cells
/// without a height or a roughness.
void add_grid(const std::string& name, Ground ground, const GroundCover& cover,
              const GroundOptions& from, FloodCase& flood_case);

}  // namespace kontwin::flood
