#include "io/import/raster_file.hpp"

#include <gdal_alg.h>
#include <gdal_priv.h>
#include <gdal_utils.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <vector>

#include "io/import/cf_time.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

/// More than a country at 30 m. What a file claims costs time to go through, whatever is in it.
constexpr double most_cells = 4e9;
constexpr int most_columns_held = 1 << 14;
constexpr int most_rows_held = 256;

/// A list of words as GDAL's utilities take them.
class Words {
 public:
  void add(const std::string& word) { list_ = CSLAddString(list_, word.c_str()); }
  template <typename... More>
  void add(const std::string& word, const More&... more) {
    add(word);
    add(more...);
  }
  Words() = default;
  ~Words() { CSLDestroy(list_); }
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;
  char** get() const { return list_; }

 private:
  char** list_ = nullptr;
};

/// Null where it cannot be read by a driver that is expected.
Dataset open(const std::string& name, bool on_plane) {
  static constexpr std::array<const char*, 2> on_earth{"GTiff", nullptr};
  static constexpr std::array<const char*, 6> any{"GTiff", "AAIGrid",   "netCDF",
                                                  "HDF5",  "HDF5Image", nullptr};
  return Dataset(GDALDataset::Open(name.c_str(), GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR,
                                   on_plane ? any.data() : on_earth.data(), nullptr, nullptr));
}

std::string well_known(const OGRSpatialReference& reference) {
  char* text = nullptr;
  reference.exportToWkt(&text);
  std::string taken = text == nullptr ? "" : text;
  CPLFree(text);
  return taken;
}

std::string text_of(double value) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.17g", value);
  return buffer.data();
}

}  // namespace

struct RasterFile::Impl {
  GdalSession session;
  Dataset dataset;
  GDALRasterBand* band = nullptr;
  int band_number = 1;
  std::string crs;  // replaces the file's own where not empty
  std::optional<double> nodata;
};

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
  if (dataset->GetSpatialRef() == nullptr && !(on_plane && crs.empty())) {
    if (crs.empty()) fail("names no coordinate system: say which (crs = \"EPSG:...\")");
    OGRSpatialReference given;
    if (given.SetFromUserInput(crs.c_str()) != OGRERR_NONE) {
      fail("the coordinate system '" + crs + "' is not known");
    }
    impl_->crs = crs;
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

RasterFile::Outline RasterFile::outline(const LocalFrame& frame) const {
  return outline_in(proj_definition_of(frame));
}

RasterFile::Outline RasterFile::outline_in(const std::string& definition) const {
  Words words;
  words.add("DST_SRS=" + definition);
  if (!impl_->crs.empty()) words.add("SRC_SRS=" + impl_->crs);
  impl_->session.clear();
  void* const transformer =
      GDALCreateGenImgProjTransformer2(impl_->dataset.get(), nullptr, words.get());
  if (transformer == nullptr) {
    fail("its coordinate system cannot be turned into the world's (" + impl_->session.reason() +
         ")");
  }
  std::array<double, 6> corner{};
  std::array<double, 4> edges{};
  int columns = 0;
  int rows = 0;
  const CPLErr result =
      GDALSuggestedWarpOutput2(impl_->dataset.get(), GDALGenImgProjTransform, transformer,
                               corner.data(), &columns, &rows, edges.data(), 0);
  GDALDestroyGenImgProjTransformer(transformer);
  if (result != CE_None) {
    fail("lies too far from the world's origin (" + impl_->session.reason() + ")");
  }
  return {.box = {edges[0], edges[1], edges[2], edges[3]}, .cell_m = corner[1]};
}

Raster<float> RasterFile::warp(const LocalFrame& frame, const GridShape& shape,
                               Resample how) const {
  return warp_into(proj_definition_of(frame), shape, how);
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

std::string RasterFile::plane() const {
  if (!impl_->crs.empty()) {
    OGRSpatialReference given;
    return given.SetFromUserInput(impl_->crs.c_str()) == OGRERR_NONE ? well_known(given) : "";
  }
  const OGRSpatialReference* const own = impl_->dataset->GetSpatialRef();
  return own == nullptr ? "" : well_known(*own);
}

GridShape RasterFile::cells_on(const std::string& plane_text) const {
  const std::string own = plane();
  OGRSpatialReference target;
  const std::string& text = plane_text.empty() ? own : plane_text;
  if (!text.empty()) {
    if (target.SetFromUserInput(text.c_str()) != OGRERR_NONE) {
      fail("the coordinate system '" + text + "' is not known");
    }
    if (target.IsGeographic() != 0) {
      fail("its cells are in degrees: say into which plane to lay them (plane = \"EPSG:...\")");
    }
    constexpr double same = 1e-9;
    if (std::abs(target.GetLinearUnits() - 1) > same) {
      fail("its plane is not in metres: say into which plane to lay it (plane = \"EPSG:...\")");
    }
  }
  OGRSpatialReference source;
  const bool other = !plane_text.empty() && !own.empty() &&
                     source.SetFromUserInput(own.c_str()) == OGRERR_NONE &&
                     source.IsSame(&target) == 0;
  if (other) {
    const Outline out = outline_in(plane_text);
    const double left = std::floor(out.box.min_x_m / out.cell_m);
    const double bottom = std::floor(out.box.min_y_m / out.cell_m);
    return {.left_m = left * out.cell_m,
            .bottom_m = bottom * out.cell_m,
            .cell_m = out.cell_m,
            .columns = static_cast<std::size_t>(std::ceil(out.box.max_x_m / out.cell_m) - left),
            .rows = static_cast<std::size_t>(std::ceil(out.box.max_y_m / out.cell_m) - bottom)};
  }
  std::array<double, 6> corner{};
  impl_->dataset->GetGeoTransform(corner.data());
  constexpr double square = 1e-6;
  const double cell_m = corner[1];
  if (corner[2] != 0 || corner[4] != 0 || !(cell_m > 0) || !(corner[5] < 0)) {
    fail("is turned or upside down: lay it north up first (gdalwarp)");
  }
  if (std::abs(corner[5] + cell_m) > square * cell_m) {
    fail("its cells are not square, " + std::to_string(cell_m) + " m by " +
         std::to_string(-corner[5]) + " m: resample it first (gdalwarp -tr)");
  }
  const auto rows = static_cast<std::size_t>(impl_->band->GetYSize());
  return {.left_m = corner[0],
          .bottom_m = corner[3] - static_cast<double>(rows) * cell_m,
          .cell_m = cell_m,
          .columns = static_cast<std::size_t>(impl_->band->GetXSize()),
          .rows = rows};
}

Raster<float> RasterFile::warp_onto(const std::string& plane_text, const GridShape& shape,
                                    Resample how) const {
  return warp_into(plane().empty() ? "" : plane_text, shape, how);
}

Raster<float> RasterFile::warp_into(const std::string& definition, const GridShape& shape,
                                    Resample how) const {
  const LocalBox box = shape.box();
  static constexpr std::array names{"near", "bilinear", "average"};
  Words words;
  words.add("-of", "MEM", "-ot", "Float32", "-dstnodata", "nan", "-et", "0.01", "-r",
            names[static_cast<std::size_t>(how)]);
  if (!definition.empty()) words.add("-t_srs", definition);
  words.add("-te", text_of(box.min_x_m), text_of(box.min_y_m), text_of(box.max_x_m),
            text_of(box.max_y_m));
  words.add("-ts", std::to_string(shape.columns), std::to_string(shape.rows));
  if (!impl_->crs.empty()) words.add("-s_srs", impl_->crs);
  if (impl_->nodata) words.add("-srcnodata", text_of(*impl_->nodata));

  // One band alone: gdalwarp takes all of them otherwise.
  Words choose;
  choose.add("-of", "VRT", "-b", std::to_string(impl_->band_number));
  impl_->session.clear();
  GDALTranslateOptions* const choice = GDALTranslateOptionsNew(choose.get(), nullptr);
  const Dataset one(static_cast<GDALDataset*>(
      GDALTranslate("", GDALDataset::ToHandle(impl_->dataset.get()), choice, nullptr)));
  GDALTranslateOptionsFree(choice);
  if (one == nullptr) fail("its band cannot be read (" + impl_->session.reason() + ")");

  GDALWarpAppOptions* const options = GDALWarpAppOptionsNew(words.get(), nullptr);
  GDALDatasetH source = GDALDataset::ToHandle(one.get());
  const Dataset warped(
      static_cast<GDALDataset*>(GDALWarp("", nullptr, 1, &source, options, nullptr)));
  GDALWarpAppOptionsFree(options);
  if (warped == nullptr || impl_->session.failed()) {
    fail("cannot be warped into the world's frame (" + impl_->session.reason() + ")");
  }

  Raster<float> raster(shape);
  const auto columns = static_cast<int>(shape.columns);
  const auto rows = static_cast<int>(shape.rows);
  // GDAL's first row is the northernmost, ours the southernmost: the negative step turns it over.
  const GSpacing row_bytes = static_cast<GSpacing>(shape.columns) * GSpacing{sizeof(float)};
  float* const last_row = raster.values.data() + shape.columns * (shape.rows - 1);
  if (warped->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, columns, rows, last_row, columns, rows,
                                         GDT_Float32, sizeof(float), -row_bytes,
                                         nullptr) != CE_None) {
    fail("cannot be warped into the world's frame (" + impl_->session.reason() + ")");
  }
  const auto scale = static_cast<float>(impl_->band->GetScale());
  const auto offset = static_cast<float>(impl_->band->GetOffset());
  if (scale != 1 || offset != 0) {
    for (float& value : raster.values) value = value * scale + offset;
  }
  return raster;
}

}  // namespace kontwin
