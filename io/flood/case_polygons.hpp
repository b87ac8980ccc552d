#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "twin/raster.hpp"

namespace kontwin::flood {

/// A polygon and its holes: what lies inside an odd number of its rings is inside.
struct PlanePolygon {
  std::vector<std::vector<LocalPoint>> rings;
};

/// Reads the polygons of a file that OGR reads (GeoJSON, shapefile, GeoPackage) into a plane; where
/// the file or the plane names no coordinate system, they are taken as they stand. Throws
/// FileError, also for a file without a polygon.
std::vector<PlanePolygon> read_polygons(const std::filesystem::path& path,
                                        const std::string& plane);

/// Calls `visit` for each cell whose centre lies inside a polygon; how many that were.
std::size_t for_cells_inside(const std::vector<PlanePolygon>& polygons, const GridShape& shape,
                             const std::function<void(std::size_t)>& visit);

}  // namespace kontwin::flood
