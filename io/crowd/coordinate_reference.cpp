#include "io/crowd/coordinate_reference.hpp"

#include <ogr_spatialref.h>

#include <cmath>

#include "io/import/gdal_session.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

struct CoordinateReference::Impl {
  std::string name, path;
  OGRSpatialReference given, wgs84;
  std::unique_ptr<OGRCoordinateTransformation> transformation;
};

CoordinateReference::CoordinateReference(const std::string& name, const std::string& path)
    : impl_(std::make_unique<Impl>()) {
  const GdalSession quiet;
  impl_->name = name;
  impl_->path = path;
  const bool known = impl_->given.SetFromUserInput(name.c_str()) == OGRERR_NONE;
  if (!known || (!impl_->given.IsProjected() && !impl_->given.IsGeographic())) {
    throw FileError(path, "its crs '" + name + "' is no coordinate reference system that is known");
  }
  impl_->wgs84.importFromEPSG(4326);
  // Easting before northing, whatever the registry says of the axes: so have files of GeoJSON.
  impl_->given.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  impl_->wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  impl_->transformation.reset(OGRCreateCoordinateTransformation(&impl_->given, &impl_->wgs84));
  if (impl_->transformation == nullptr) {
    throw FileError(path, "nothing leads from its crs '" + name + "' to WGS 84: " + quiet.reason());
  }
}

CoordinateReference::~CoordinateReference() = default;

GeoPoint CoordinateReference::to_wgs84(double x, double y) const {
  const GdalSession quiet;
  GeoPoint place{x, y};
  const bool done =
      impl_->transformation->Transform(1, &place.longitude_deg, &place.latitude_deg) != 0;
  if (!done || !std::isfinite(place.longitude_deg) || !std::isfinite(place.latitude_deg)) {
    throw FileError(impl_->path, "(" + std::to_string(x) + ", " + std::to_string(y) +
                                     ") is no place in its crs '" + impl_->name + "'");
  }
  return place;
}

bool measures_degrees(const std::string& name) {
  const GdalSession quiet;
  OGRSpatialReference reference;
  return reference.SetFromUserInput(name.c_str()) == OGRERR_NONE && reference.IsGeographic();
}

}  // namespace kontwin::crowd
