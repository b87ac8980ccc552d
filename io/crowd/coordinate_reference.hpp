#pragma once

#include <memory>
#include <string>

#include "twin/geometry.hpp"

namespace kontwin::crowd {

/// The coordinate reference system that a file of geometry names, as the EPSG registry has it: a
/// zone of VN-2000 or UTM, degrees of WGS 84 or of another datum. One thread at a time.
class CoordinateReference {
 public:
  /// `name` as in GeoJSON's `crs` member of 2008 (`urn:ogc:def:crs:EPSG::9216`, `EPSG:32648`,
  /// `urn:ogc:def:crs:OGC:1.3:CRS84`). Throws FileError with the file when PROJ does not know it or
  /// it is no system of places on the earth.
  CoordinateReference(const std::string& name, const std::string& path);
  ~CoordinateReference();

  /// Easting and northing, or longitude and latitude. Throws FileError where they are far outside
  /// the system.
  GeoPoint to_wgs84(double x, double y) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Whether a name such as `EPSG:4326` is known to measure places in degrees.
bool measures_degrees(const std::string& name);

}  // namespace kontwin::crowd
