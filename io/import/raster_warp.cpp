// Where a raster lies on a plane or in the local frame, and its values on a grid there.
#include <gdal_alg.h>
#include <gdal_utils.h>

#include <array>
#include <cmath>
#include <cstdio>

#include "io/import/raster_file_state.hpp"

namespace kontwin {

namespace {

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
  std::array<double, 6> corner{};
  impl_->dataset->GetGeoTransform(corner.data());
  constexpr double square = 1e-6;
  const double cell_m = corner[1];
  const bool turned = corner[2] != 0 || corner[4] != 0 || !(cell_m > 0) || !(corner[5] < 0);
  const bool oblong = std::abs(corner[5] + cell_m) > square * std::abs(cell_m);
  OGRSpatialReference source;
  const bool other = !plane_text.empty() && !own.empty() &&
                     source.SetFromUserInput(own.c_str()) == OGRERR_NONE &&
                     (turned || oblong || source.IsSame(&target) == 0);
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
  const std::string ask = ": say on which plane to lay it (plane = \"EPSG:...\"), or ";
  if (turned) fail("is turned or upside down" + ask + "lay it north up before (gdalwarp)");
  if (oblong) {
    fail("its cells are not square, " + std::to_string(cell_m) + " m by " +
         std::to_string(-corner[5]) + " m" + ask + "resample it before (gdalwarp -tr)");
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
  const GdalDataset one(static_cast<GDALDataset*>(
      GDALTranslate("", GDALDataset::ToHandle(impl_->dataset.get()), choice, nullptr)));
  GDALTranslateOptionsFree(choice);
  if (one == nullptr) fail("its band cannot be read (" + impl_->session.reason() + ")");

  GDALWarpAppOptions* const options = GDALWarpAppOptionsNew(words.get(), nullptr);
  GDALDatasetH source = GDALDataset::ToHandle(one.get());
  const GdalDataset warped(
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
