#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "io/import/gdal_session.hpp"
#include "twin/local_frame.hpp"
#include "twin/raster.hpp"

class GDALDataset;

namespace kontwin {

/// One band of a GeoTIFF, checked and ready to be warped into the local frame.
class RasterFile {
 public:
  /// Opens a file and makes sure that it is a GeoTIFF with a place on the earth and that the band
  /// can be read: `band` from 1, or 0 for the only one; `crs` for a file that names none. Throws
  /// FileError.
  RasterFile(const std::filesystem::path& path, int band, const std::string& crs);
  ~RasterFile();

  /// Values that cannot be one of `minimum` ... `maximum`.
  struct Range {
    double minimum, maximum;
  };
  /// Reads every row once, so that a file that breaks off is found before it is used, and takes the
  /// first impossible value as nodata where the file names none. Throws FileError with the rows.
  void check_rows(const Range& possible);

  /// Where the file lies in the local frame, and the size of its cells there.
  struct Outline {
    LocalBox box;
    double cell_m;
  };
  Outline outline(const LocalFrame& frame) const;

  enum class Resample { nearest, bilinear, mean };
  /// The values on a grid of the local frame, scaled as the file says; NaN where there is none.
  Raster<float> warp(const LocalFrame& frame, const GridShape& shape, Resample how) const;

  /// The unit of the values as the file names it; often empty.
  std::string unit() const;
  [[noreturn]] void fail(const std::string& reason) const;

 private:
  struct Impl;
  std::string path_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
