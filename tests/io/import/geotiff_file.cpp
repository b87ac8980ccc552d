#include "tests/io/import/geotiff_file.hpp"

#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace kontwin::testing {

void GeoTiffFile::write() const {
  GDALAllRegister();
  GDALDriver* const driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  GDALDataset* const dataset = driver->Create(path.c_str(), columns, rows, bands,
                                              integers ? GDT_Int16 : GDT_Float32, nullptr);
  if (dataset == nullptr) throw std::runtime_error("cannot make " + path);
  if (has_place) {
    const double along = cell * std::cos(turn_deg * std::numbers::pi / 180);
    const double across = cell * std::sin(turn_deg * std::numbers::pi / 180);
    std::array<double, 6> corner{left, along, across, top, across, -along};
    dataset->SetGeoTransform(corner.data());
  }
  if (!crs.empty()) {
    OGRSpatialReference reference;
    reference.SetFromUserInput(crs.c_str());
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    dataset->SetSpatialRef(&reference);
  }
  for (int number = 1; number <= bands; ++number) {
    GDALRasterBand* const band = dataset->GetRasterBand(number);
    if (has_nodata) band->SetNoDataValue(nodata);
    if (scale != 1) band->SetScale(scale);
    if (!unit.empty()) band->SetUnitType(unit.c_str());
    std::vector<float> values;
    for (int row = 0; row < rows; ++row) {
      for (int column = 0; column < columns; ++column) {
        values.push_back(static_cast<float>(value(column, row)));
      }
    }
    if (band->RasterIO(GF_Write, 0, 0, columns, rows, values.data(), columns, rows, GDT_Float32, 0,
                       0, nullptr) != CE_None) {
      throw std::runtime_error("cannot write " + path);
    }
  }
  GDALClose(dataset);
}

}  // namespace kontwin::testing
