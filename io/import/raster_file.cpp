#include "io/import/raster_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "io/import/cf_time.hpp"
#include "io/import/raster_file_state.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// More than a country at 30 m. What a file claims costs time to go through, whatever is in it.
constexpr double most_cells = 4e9;
constexpr int most_columns_held = 1 << 14;
constexpr int most_rows_held = 256;

/// Null where it cannot be read by a driver that is expected.
GdalDataset open(const std::string& name, bool on_plane) {
  static constexpr std::array<const char*, 2> on_earth{"GTiff", nullptr};
  static constexpr std::array<const char*, 6> any{"GTiff", "AAIGrid",   "netCDF",
                                                  "HDF5",  "HDF5Image", nullptr};
  return GdalDataset(GDALDataset::Open(name.c_str(), GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR,
                                       on_plane ? any.data() : on_earth.data(), nullptr, nullptr));
}

/// Whether coordinates of a file are degrees east, as the conventions for climate and forecast
/// metadata (CF) write them. Most such files name no coordinate system beside them.
bool says_degrees(GDALDataset& dataset) {
  static constexpr std::array written{"degrees_east", "degree_east", "degrees_E",
                                      "degree_E",     "degreesE",    "degreeE"};
  for (char** item = dataset.GetMetadata(); item != nullptr && *item != nullptr; ++item) {
    const std::string_view text = *item;
    const std::size_t equals = text.find('=');
    if (!text.substr(0, equals).ends_with("#units")) continue;
    if (std::ranges::find(written, text.substr(equals + 1)) != written.end()) return true;
  }
  return false;
}

/// Whether all of a raster lies at longitudes and latitudes there are.
bool within_degrees(const std::array<double, 6>& corner, int columns, int rows) {
  const double right = corner[0] + columns * corner[1];
  const double bottom = corner[3] + rows * corner[5];
  return std::max(std::abs(corner[0]), std::abs(right)) <= 360 &&
         std::max(std::abs(corner[3]), std::abs(bottom)) <= 91;
}

/// No water is computed on cells below a centimetre, which are the usual size of cells in degrees.
bool looks_like_degrees(const std::array<double, 6>& corner) {
  constexpr double least_cell_m = 0.01;
  return std::abs(corner[1]) < least_cell_m && std::abs(corner[5]) < least_cell_m;
}

}  // namespace

RasterFile::RasterFile(const std::filesystem::path& path, int band, const std::string& crs,
                       Lies lies, const std::string& variable)
    : path_(path.string()), impl_(std::make_unique<Impl>()) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) fail("there is no such file");
  const bool on_plane = lies == Lies::on_plane;
  const bool any_kind = on_plane || is_over_time(path);
  impl_->dataset = open(path_, any_kind);
  if (impl_->dataset == nullptr) {
    fail(std::string("is not a readable ") +
         (any_kind ? "raster of GeoTIFF, ASCII grid, netCDF or HDF5" : "GeoTIFF") + " (" +
         impl_->session.reason() + ")");
  }
  if (any_kind) choose(variable);
  GDALDataset* const dataset = impl_->dataset.get();

  const int bands = dataset->GetRasterCount();
  if (bands < 1) fail("holds no raster band");
  if (band == 0 && bands > 1) {
    fail("has " + std::to_string(bands) + " bands: say which one holds the values (band = 1 to " +
         std::to_string(bands) + ")");
  }
  if (band < 0 || band > bands) {
    fail("has no band " + std::to_string(band) + " (it has " + std::to_string(bands) + ")");
  }
  impl_->band_number = band == 0 ? 1 : band;
  impl_->band = dataset->GetRasterBand(impl_->band_number);
  if (GDALDataTypeIsComplex(impl_->band->GetRasterDataType()) != 0) {
    fail("holds complex numbers, not heights");
  }
  int has_nodata = 0;
  const double nodata = impl_->band->GetNoDataValue(&has_nodata);
  if (has_nodata != 0) impl_->nodata = nodata;

  std::array<double, 6> corner{};
  if (dataset->GetGeoTransform(corner.data()) != CE_None) {
    fail("does not say where on the earth it lies (no geotransform)");
  }
  if (dataset->GetSpatialRef() != nullptr) return;
  // A raster in metres may list the longitudes of its cells beside it.
  const bool in_degrees =
      within_degrees(corner, dataset->GetRasterXSize(), dataset->GetRasterYSize());
  impl_->crs = crs.empty() && in_degrees && says_degrees(*dataset) ? "EPSG:4326" : crs;
  if (impl_->crs.empty()) {
    if (!on_plane) fail("names no coordinate system: say which (crs = \"EPSG:...\")");
    if (in_degrees && looks_like_degrees(corner)) {
      std::array<char, 40> cell{};
      std::snprintf(cell.data(), cell.size(), "%g", corner[1]);
      fail(std::string("its cells of ") + cell.data() +
           " look like degrees, and it names no coordinate system: say which (crs = "
           "\"EPSG:4326\"), or write it into the file (gdal_translate -a_srs EPSG:4326)");
    }
    return;
  }
  OGRSpatialReference given;
  if (given.SetFromUserInput(impl_->crs.c_str()) != OGRERR_NONE) {
    fail("the coordinate system '" + impl_->crs + "' is not known");
  }
}

RasterFile::~RasterFile() = default;

void RasterFile::choose(const std::string& variable) {
  char** const sets = impl_->dataset->GetMetadata("SUBDATASETS");
  std::string names;
  std::string chosen;
  int found = 0;
  for (int i = 1; sets != nullptr; ++i) {
    const char* const name =
        CSLFetchNameValue(sets, ("SUBDATASET_" + std::to_string(i) + "_NAME").c_str());
    if (name == nullptr) break;
    const std::string whole = name;
    const std::string last = whole.substr(whole.find_last_of(":/") + 1);
    names += (names.empty() ? "" : ", ") + last;
    if (!variable.empty() && last != variable) continue;
    chosen = whole;
    ++found;
  }
  if (names.empty()) return;
  if (found != 1) {
    fail(variable.empty() ? "holds more than one data set: say which (variable), of: " + names
                          : "has no data set '" + variable + "', only: " + names);
  }
  impl_->dataset = open(chosen, true);
  if (impl_->dataset == nullptr) {
    fail("its data set '" + chosen + "' cannot be read (" + impl_->session.reason() + ")");
  }
}

void RasterFile::fail(const std::string& reason) const { throw FileError(path_, reason); }

std::string RasterFile::unit() const { return impl_->band->GetUnitType(); }

void RasterFile::check_rows(const Range& possible) {
  GDALRasterBand* const band = impl_->band;
  const int columns = band->GetXSize();
  const int rows = band->GetYSize();
  if (static_cast<double>(columns) * rows > most_cells) {
    fail("says that it has " + std::to_string(columns) + " x " + std::to_string(rows) +
         " cells; cut out what is wanted (gdal_translate -projwin)");
  }
  int block_columns = 0;
  int block_rows = 1;
  band->GetBlockSize(&block_columns, &block_rows);
  // A block may be as large as the file says: what is held of it at a time is not.
  const int wide = std::min(columns, most_columns_held);
  const int high = std::min(block_rows, most_rows_held);
  std::vector<float> values(static_cast<std::size_t>(wide) * high);
  const double scale = band->GetScale();
  const double offset = band->GetOffset();
  std::optional<double> impossible;
  for (int first = 0; first < rows; first += high) {
    const int count = std::min(high, rows - first);
    for (int left = 0; left < columns; left += wide) {
      const int width = std::min(wide, columns - left);
      impl_->session.clear();
      const CPLErr result = band->RasterIO(GF_Read, left, first, width, count, values.data(), width,
                                           count, GDT_Float32, 0, 0, nullptr);
      if (result != CE_None || impl_->session.failed()) {
        fail("rows " + std::to_string(first + 1) + " to " + std::to_string(first + count) + " of " +
             std::to_string(rows) + " cannot be read; the file may be cut short (" +
             impl_->session.reason() + ")");
      }
      for (std::size_t i = 0; !impossible && i < static_cast<std::size_t>(width) * count; ++i) {
        const double value = values[i] * scale + offset;
        if (value < possible.minimum || value > possible.maximum) impossible = values[i];
      }
    }
  }
  if (!impl_->nodata && impossible) impl_->nodata = impossible;
}

bool RasterFile::is_over_time(const std::filesystem::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".nc" || ending == ".nc4" || ending == ".h5" || ending == ".hdf5";
}

int RasterFile::bands() const { return impl_->dataset->GetRasterCount(); }

std::optional<double> RasterFile::time_s(int band) const {
  GDALRasterBand* const of = impl_->dataset->GetRasterBand(band);
  const char* const value = of == nullptr ? nullptr : of->GetMetadataItem("NETCDF_DIM_time");
  const char* const written = impl_->dataset->GetMetadataItem("time#units");
  if (value == nullptr || written == nullptr) return std::nullopt;
  char* end = nullptr;
  const double number = std::strtod(value, &end);
  const auto unit = CfTime::of(written);
  if (!unit || end == value || !std::isfinite(number)) return std::nullopt;
  return number * unit->unit_s;
}

std::optional<Instant> RasterFile::time_zero() const {
  const char* const written = impl_->dataset->GetMetadataItem("time#units");
  const auto unit = written == nullptr ? std::nullopt : CfTime::of(written);
  return unit ? unit->zero : std::nullopt;
}

}  // namespace kontwin
