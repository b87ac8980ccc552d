#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "io/import/raster_file.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// Rain at one moment: a band of a file.
struct RainBand {
  Instant at;
  std::filesystem::path path;
  std::string variable;
  int band = 1;
  double to_mmph = 1;  ///< the values times this are mm/h
};

/// The bands that a list of moments and files means, by their moments. A GeoTIFF of one band is the
/// rain from its moment on. A netCDF file, or HDF5 as netCDF-4 writes it, holds rain over time: its
/// first band is laid at the moment that is given, the others as long after it as the file says by
/// the conventions for climate and forecast metadata (CF). `file.nc#name` chooses a variable of
/// many. Units: mm/h where the file names none, kg m-2 s-1, mm/s, m/s, and mm in a step.
/// Throws FileError for a file that does not say when its bands are, units that are not of rain,
/// and moments that do not rise.
std::vector<RainBand> rain_bands(
    const std::vector<std::pair<Instant, std::filesystem::path>>& files, RasterFile::Lies lies);

}  // namespace kontwin
