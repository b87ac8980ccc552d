#pragma once

// What an open raster holds of GDAL's, shared by the files that RasterFile is made of.

#include <gdal_priv.h>

#include <memory>
#include <optional>
#include <string>

#include "io/import/gdal_session.hpp"
#include "io/import/raster_file.hpp"

namespace kontwin {

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using GdalDataset = std::unique_ptr<GDALDataset, CloseDataset>;

struct RasterFile::Impl {
  GdalSession session;
  GdalDataset dataset;
  GDALRasterBand* band = nullptr;
  int band_number = 1;
  std::string crs;  // replaces the file's own where not empty
  std::optional<double> nodata;
};

}  // namespace kontwin
