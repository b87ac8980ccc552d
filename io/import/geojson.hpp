#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "twin/geometry.hpp"

namespace kontwin {

/// One Feature of a GeoJSON file and how to speak of it.
struct GeoJsonFeature {
  std::string where;  ///< `feature 3 ("Trạm 1")`, counted from 1
  nlohmann::json geometry;
  nlohmann::json properties;
  nlohmann::json id;  ///< null without one
};

/// A FeatureCollection.
struct GeoJsonFile {
  /// The name in its `crs` member (GeoJSON of 2008), such as `urn:ogc:def:crs:EPSG::9216`, or the
  /// member as it stands where it has no name; empty without one: degrees of WGS 84.
  std::string crs;
  std::vector<GeoJsonFeature> features;
};

/// Reads a FeatureCollection (RFC 7946). Throws FileError: with the line where it is not JSON, with
/// the feature where one is not as it should be.
GeoJsonFile read_geojson_file(const std::filesystem::path& path);
/// The features of a file whose positions must be WGS 84 longitudes and latitudes: one that names
/// another coordinate system (`crs`, which older programs write) is refused.
std::vector<GeoJsonFeature> read_wgs84_geojson(const std::filesystem::path& path);

/// A position `[longitude, latitude]`. Throws FileError.
GeoPoint geojson_position(const nlohmann::json& value, const std::string& path,
                          const GeoJsonFeature& feature);
/// A list of positions.
std::vector<GeoPoint> geojson_positions(const nlohmann::json& value, const std::string& path,
                                        const GeoJsonFeature& feature);

}  // namespace kontwin
