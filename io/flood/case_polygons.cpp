#include "io/flood/case_polygons.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "io/import/gdal_session.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

struct Close {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
  void operator()(OGRCoordinateTransformation* transformation) const {
    OGRCoordinateTransformation::DestroyCT(transformation);
  }
};

void add(const OGRPolygon& polygon, std::vector<PlanePolygon>& polygons) {
  PlanePolygon taken;
  for (const OGRLinearRing* ring : polygon) {
    std::vector<LocalPoint> points;
    for (int i = 0; i < ring->getNumPoints(); ++i) points.push_back({ring->getX(i), ring->getY(i)});
    taken.rings.push_back(std::move(points));
  }
  if (!taken.rings.empty()) polygons.push_back(std::move(taken));
}

void add(const OGRGeometry& geometry, std::vector<PlanePolygon>& polygons) {
  const auto kind = wkbFlatten(geometry.getGeometryType());
  if (kind == wkbPolygon) {
    add(*geometry.toPolygon(), polygons);
  } else if (kind == wkbMultiPolygon || kind == wkbGeometryCollection) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) add(*part, polygons);
  }
}

}  // namespace

std::vector<PlanePolygon> read_polygons(const std::filesystem::path& path,
                                        const std::string& plane) {
  GdalSession session;
  const auto fail = [&](const std::string& reason) { throw FileError(path.string(), reason); };
  std::error_code error;
  if (!std::filesystem::exists(path, error)) fail("there is no such file");
  const std::unique_ptr<GDALDataset, Close> dataset(GDALDataset::Open(
      path.c_str(), GDAL_OF_VECTOR | GDAL_OF_VERBOSE_ERROR, nullptr, nullptr, nullptr));
  if (!dataset) fail("holds no shapes that can be read (" + session.reason() + ")");
  OGRSpatialReference target;
  const bool known = !plane.empty() && target.SetFromUserInput(plane.c_str()) == OGRERR_NONE;
  target.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  std::vector<PlanePolygon> polygons;
  for (OGRLayer* layer : dataset->GetLayers()) {
    std::unique_ptr<OGRCoordinateTransformation, Close> into;
    if (known && layer->GetSpatialRef() != nullptr) {
      OGRSpatialReference source = *layer->GetSpatialRef();
      source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
      into.reset(OGRCreateCoordinateTransformation(&source, &target));
      if (!into) fail("its shapes cannot be laid into the terrain's plane");
    }
    for (const auto& feature : *layer) {
      OGRGeometry* const geometry = feature->GetGeometryRef();
      if (geometry == nullptr) continue;
      if (into && geometry->transform(into.get()) != OGRERR_NONE) {
        fail("a shape cannot be laid into the terrain's plane (" + session.reason() + ")");
      }
      add(*geometry, polygons);
    }
  }
  if (polygons.empty()) fail("holds no polygons");
  return polygons;
}

std::size_t for_cells_inside(const std::vector<PlanePolygon>& polygons, const GridShape& shape,
                             const std::function<void(std::size_t)>& visit) {
  std::size_t count = 0;
  for (const PlanePolygon& polygon : polygons) {
    LocalBox box{HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (const auto& ring : polygon.rings) {
      for (const LocalPoint at : ring) {
        box = {std::min(box.min_x_m, at.x_m), std::min(box.min_y_m, at.y_m),
               std::max(box.max_x_m, at.x_m), std::max(box.max_y_m, at.y_m)};
      }
    }
    const auto index = [&](double at_m, double origin_m, std::size_t most) {
      return static_cast<std::size_t>(
          std::clamp(std::floor((at_m - origin_m) / shape.cell_m), 0.0, static_cast<double>(most)));
    };
    const std::size_t end_column = index(box.max_x_m + shape.cell_m, shape.left_m, shape.columns);
    const std::size_t end_row = index(box.max_y_m + shape.cell_m, shape.bottom_m, shape.rows);
    for (std::size_t row = index(box.min_y_m, shape.bottom_m, shape.rows); row < end_row; ++row) {
      for (std::size_t column = index(box.min_x_m, shape.left_m, shape.columns);
           column < end_column; ++column) {
        bool odd = false;
        for (const auto& ring : polygon.rings) {
          odd = odd != kontwin::inside(ring, shape.center(column, row));
        }
        if (!odd) continue;
        visit(shape.at(column, row));
        ++count;
      }
    }
  }
  return count;
}

}  // namespace kontwin::flood
