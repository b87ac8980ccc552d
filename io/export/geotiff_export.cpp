#include "io/export/geotiff_export.hpp"

#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <array>
#include <limits>
#include <memory>

#include "io/file/whole_file.hpp"
#include "io/import/gdal_session.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

struct Close {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};

/// A file in memory that is gone at the end of its life.
class MemoryFile {
 public:
  explicit MemoryFile(const void* owner)
      : name_("/vsimem/kontwin-" + std::to_string(reinterpret_cast<std::uintptr_t>(owner)) +
              ".tif") {}
  ~MemoryFile() { VSIUnlink(name_.c_str()); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  const char* name() const { return name_.c_str(); }
  std::string content() const {
    vsi_l_offset size = 0;
    const GByte* const bytes = VSIGetMemFileBuffer(name_.c_str(), &size, FALSE);
    return bytes == nullptr ? std::string()
                            : std::string(reinterpret_cast<const char*>(bytes), size);
  }

 private:
  std::string name_;
};

}  // namespace

void write_geotiff(const Raster<float>& raster, const LocalFrame& frame, const std::string& name,
                   const std::string& unit, const std::filesystem::path& path) {
  write_geotiff(raster, proj_definition_of(frame), name, unit, path);
}

void write_geotiff(const Raster<float>& raster, const std::string& plane, const std::string& name,
                   const std::string& unit, const std::filesystem::path& path,
                   const GridTurn& turn) {
  GdalSession session;
  const auto fail = [&](const char* what) {
    const std::string reason = session.reason();
    throw FileError(path.string(), std::string(what) + (reason.empty() ? "" : ": " + reason));
  };
  const GridShape& shape = raster.shape;
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<int>::max());
  if (shape.columns == 0 || shape.rows == 0 || shape.columns > most || shape.rows > most) {
    fail("a GeoTIFF cannot hold a grid of this size");
  }
  const auto columns = static_cast<int>(shape.columns);
  const auto rows = static_cast<int>(shape.rows);
  GDALDriver* const driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  if (driver == nullptr) fail("GDAL has no driver for GeoTIFF");
  const MemoryFile memory(&raster);
  std::array<char, 17> deflate{"COMPRESS=DEFLATE"};
  std::array<char, 12> predictor{"PREDICTOR=3"};
  char* options[] = {deflate.data(), predictor.data(), nullptr};
  std::unique_ptr<GDALDataset, Close> dataset(
      driver->Create(memory.name(), columns, rows, 1, GDT_Float32, options));
  if (!dataset) fail("cannot be made");
  std::array<double, 6> place = turn.geotransform(shape);
  OGRSpatialReference reference;
  const bool known = plane.empty() || (reference.SetFromUserInput(plane.c_str()) == OGRERR_NONE &&
                                       dataset->SetSpatialRef(&reference) == CE_None);
  if (!known || dataset->SetGeoTransform(place.data()) != CE_None) {
    fail("its place on the earth cannot be written");
  }
  GDALRasterBand* const band = dataset->GetRasterBand(1);
  band->SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
  band->SetDescription(name.c_str());
  if (!unit.empty()) band->SetUnitType(unit.c_str());
  for (int row = 0; row < rows; ++row) {
    // The file begins in the north, a raster in the south.
    const float* const from = &raster.values[shape.at(0, shape.rows - 1 - std::size_t(row))];
    if (band->RasterIO(GF_Write, 0, row, columns, 1, const_cast<float*>(from), columns, 1,
                       GDT_Float32, 0, 0) != CE_None) {
      fail("its values cannot be written");
    }
  }
  dataset.reset();
  if (session.failed()) fail("cannot be written");
  write_whole_file(path, memory.content());
}

}  // namespace kontwin
