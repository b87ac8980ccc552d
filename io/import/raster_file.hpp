#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "io/import/gdal_session.hpp"
#include "twin/local_frame.hpp"
#include "twin/raster.hpp"
#include "twin/time.hpp"

class GDALDataset;

namespace kontwin {

/// One band of a raster, checked and ready to be warped into the local frame or onto a plane.
class RasterFile {
 public:
  /// What a raster must say of where it lies.
  enum class Lies {
    on_earth,  ///< a GeoTIFF, or by its name netCDF or HDF5, with a coordinate system
    on_plane,  ///< a GeoTIFF, Arc/Info ASCII grid, netCDF or HDF5 file that need not name one
  };
  /// Opens a file and makes sure that it has a place and that the band can be read: `band` from 1,
  /// or 0 for the only one; `crs` for a file that names none. Of a file of many data sets
  /// `variable` chooses one; empty: the only one. Throws FileError.
  RasterFile(const std::filesystem::path& path, int band, const std::string& crs,
             Lies lies = Lies::on_earth, const std::string& variable = "");
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

  /// The coordinate system in well-known text; empty where the file lies on a plane and names none.
  std::string plane() const;
  /// The file's own cells on its plane, or where it is warped into `plane` (any text that PROJ
  /// reads), turned or not square, about as large ones, north up. Throws FileError for cells that
  /// are not square, not north up or not in metres where no plane is asked for.
  GridShape cells_on(const std::string& plane) const;
  /// The values on a grid of a plane; where the file or the plane names no coordinate system, the
  /// file is taken to lie on that plane.
  Raster<float> warp_onto(const std::string& plane, const GridShape& shape, Resample how) const;

  /// Whether a file holds values over time, by its name: `.nc`, `.nc4`, `.h5`, `.hdf5`.
  static bool is_over_time(const std::filesystem::path& path);
  int bands() const;
  /// The time of a band in seconds from a moment that is the same for all bands of a file, as its
  /// metadata say (CF); nothing where they do not.
  std::optional<double> time_s(int band) const;
  /// That moment (CF: `minutes since 2010-02-05 00:00:00`, in UTC); nothing where it is not said.
  std::optional<Instant> time_zero() const;

  /// The unit of the values as the file names it; often empty.
  std::string unit() const;
  [[noreturn]] void fail(const std::string& reason) const;

 private:
  struct Impl;
  void choose(const std::string& variable);
  Outline outline_in(const std::string& definition) const;
  Raster<float> warp_into(const std::string& definition, const GridShape& shape,
                          Resample how) const;
  std::string path_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
