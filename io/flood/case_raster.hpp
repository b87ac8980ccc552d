#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "io/import/raster_file.hpp"
#include "twin/raster.hpp"

namespace kontwin::flood {

/// One band of a raster file that lies on a case's plane.
struct CaseRaster {
  std::filesystem::path path;
  int band = 0;               ///< from 1; 0: the only one
  std::string crs = {};       ///< of a file that names none; empty: the case's plane
  std::string variable = {};  ///< of a file of many data sets; empty: the only one
};

/// How heights become the grid of a case.
struct GroundOptions {
  CaseRaster file;
  std::string plane = {};               ///< to lay the file into; empty: its own
  double cell_m = 0;                    ///< 0: the file's own cells
  std::optional<LocalBox> extent = {};  ///< what is wanted of it
  bool fill = false;                    ///< holes take the height of the nearest cell that has one
};

/// A case's ground.
struct Ground {
  Raster<float> elevation_m;  ///< NaN where there is none
  std::string plane;          ///< well-known text; empty: not known
  std::size_t holes = 0;      ///< cells without a height, before they were filled
};

/// Heights in metres, on the file's own cells where nothing else is asked for. Throws FileError as
/// RasterFile does, and for a file without any height.
Ground read_ground(const GroundOptions& options);

/// The values of a file on a grid of the plane, in the nearest of its cells; NaN where it has none.
/// Throws FileError for a value that is not `possible`, with its place.
Raster<float> read_onto(const CaseRaster& file, const std::string& plane, const GridShape& shape,
                        const RasterFile::Range& possible, const std::string& what);

}  // namespace kontwin::flood
