#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "io/import/import_report.hpp"
#include "io/import/land_cover.hpp"
#include "twin/local_frame.hpp"
#include "twin/terrain.hpp"

namespace kontwin {

/// How a raster of heights becomes a terrain grid.
struct GeoTiffOptions {
  double cell_m = 0;         ///< of the grid; 0: as fine as the file
  int band = 0;              ///< from 1; 0: the only one
  double manning_n = 0.035;  ///< roughness where no land cover says more, s/m^(1/3)
  std::optional<std::filesystem::path> land_cover{};  ///< a GeoTIFF of class numbers
  RoughnessTable roughness = worldcover_roughness();
  std::optional<LocalBox> extent{};  ///< what is wanted of the file; nothing: all of it
  std::string crs{};                 ///< for a file that names none: `EPSG:9216`
};

/// Reads heights (metres) from a GeoTIFF in any projection that GDAL knows and warps them into the
/// local frame: bilinear, or the mean where a cell of the grid is larger than two of the file's.
/// The grid's edges lie on whole multiples of the cell size.
///
/// Cells without a height (the file's nodata value, not a number, outside -500 ... 9000 m, or
/// outside the file's outline after the warp) take the height of the nearest cell that has one; how
/// many is counted in `report` under `cells without a height` and said in a message.
///
/// Throws FileError, naming the rows that broke, for a file that is missing, truncated, not a TIFF,
/// of complex numbers or colours, without a place on the earth, with several bands and none chosen,
/// in a unit other than the metre, or without one height inside `options.extent`.
TerrainGrid import_geotiff(const std::filesystem::path& path, const LocalFrame& frame,
                           const std::string& name, const GeoTiffOptions& options = {},
                           ImportReport* report = nullptr);

}  // namespace kontwin
