#pragma once

#include <filesystem>
#include <utility>
#include <vector>

#include "twin/rain_raster.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Reads rasters of rain (mm/h, GeoTIFF in any projection that GDAL knows, or netCDF and HDF5 over
/// time as rain_bands says) and warps them into the
/// world's frame, all onto the grid of the first, in cells as large as its own; not a number where
/// a file has none. Throws FileError for what RasterFile refuses, and for values below 0 or above
/// 1000 mm/h where the file does not name them nodata.
RainRaster read_rain_rasters(const std::vector<std::pair<Instant, std::filesystem::path>>& files,
                             const World& world);

}  // namespace kontwin
