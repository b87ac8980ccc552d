#include "io/import/geojson.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string_view>

#include "twin/error.hpp"

namespace kontwin {

namespace {

/// A MultiPolygon's numbers lie eight levels deep. What is much deeper is no GeoJSON, and would use
/// up the stack of whoever walks it.
constexpr int deepest_level = 32;

[[noreturn]] void fail(const std::string& path, const GeoJsonFeature& feature,
                       const std::string& reason) {
  throw FileError(path, feature.where + ": " + reason);
}

GeoJsonFeature feature_of(nlohmann::json& json, std::size_t number, const std::string& path) {
  GeoJsonFeature feature{.where = "feature " + std::to_string(number),
                         .geometry = nullptr,
                         .properties = nlohmann::json::object(),
                         .id = nullptr};
  if (!json.is_object() || !json.contains("type") || json["type"] != "Feature") {
    fail(path, feature, "is not a Feature");
  }
  if (json.contains("properties") && json["properties"].is_object()) {
    feature.properties = std::move(json["properties"]);
  }
  if (json.contains("id")) feature.id = std::move(json["id"]);
  if (feature.properties.contains("name") && feature.properties["name"].is_string()) {
    feature.where += " (\"" + feature.properties["name"].get<std::string>() + "\")";
  }
  if (!json.contains("geometry") || !json["geometry"].is_object() ||
      !json["geometry"].contains("type") || !json["geometry"]["type"].is_string() ||
      !json["geometry"].contains("coordinates")) {
    fail(path, feature, "has no geometry");
  }
  feature.geometry = std::move(json["geometry"]);
  return feature;
}

long line_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte);
  return 1 + static_cast<long>(std::ranges::count(before, '\n'));
}

nlohmann::json parse(const std::string& text, const std::string& path) {
  const auto check_depth = [&path](int depth, nlohmann::json::parse_event_t,
                                   const nlohmann::json&) {
    if (depth > deepest_level) {
      throw FileError(path,
                      "is nested more than " + std::to_string(deepest_level) + " levels deep");
    }
    return true;
  };
  try {
    return nlohmann::json::parse(text, check_depth);
  } catch (const nlohmann::json::parse_error& error) {
    throw FileError(path, line_of(text, error.byte),
                    "is not JSON (byte " + std::to_string(error.byte) + ")");
  } catch (const nlohmann::json::out_of_range&) {
    throw FileError(path, "holds a number beyond the largest there is (1.8e308)");
  }
}

}  // namespace

GeoJsonFile read_geojson_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path.string(), "cannot be opened");
  std::ostringstream buffer;
  buffer << file.rdbuf();
  nlohmann::json root = parse(std::move(buffer).str(), path.string());
  if (!root.is_object() || !root.contains("type") || root["type"] != "FeatureCollection" ||
      !root.contains("features") || !root["features"].is_array()) {
    throw FileError(path.string(), "is not a GeoJSON FeatureCollection");
  }
  GeoJsonFile read;
  for (auto& json : root["features"]) {
    read.features.push_back(feature_of(json, read.features.size() + 1, path.string()));
  }
  if (const auto crs = root.find("crs"); crs != root.end() && !crs->is_null()) {
    const nlohmann::json::json_pointer name("/properties/name");
    const bool named = crs->contains(name) && (*crs)[name].is_string();
    read.crs = named ? (*crs)[name].get<std::string>() : crs->dump();
  }
  return read;
}

std::vector<GeoJsonFeature> read_wgs84_geojson(const std::filesystem::path& path) {
  GeoJsonFile read = read_geojson_file(path);
  if (read.crs.empty() || read.crs.ends_with("CRS84") || read.crs.ends_with(":4326")) {
    return std::move(read.features);
  }
  throw FileError(path.string(),
                  "names the coordinate system " + read.crs +
                      "; GeoJSON is in WGS 84: ogr2ogr -t_srs EPSG:4326 turns it over");
}

GeoPoint geojson_position(const nlohmann::json& value, const std::string& path,
                          const GeoJsonFeature& feature) {
  if (!value.is_array() || value.size() < 2 || !value[0].is_number() || !value[1].is_number()) {
    fail(path, feature, "a position is not [longitude, latitude]");
  }
  const GeoPoint point{value[0].get<double>(), value[1].get<double>()};
  if (!(std::abs(point.longitude_deg) <= 180) || !(std::abs(point.latitude_deg) <= 90)) {
    fail(path, feature,
         "a position lies outside ±180, ±90 degrees; GeoJSON is in WGS 84, longitude "
         "first");
  }
  return point;
}

std::vector<GeoPoint> geojson_positions(const nlohmann::json& value, const std::string& path,
                                        const GeoJsonFeature& feature) {
  if (!value.is_array()) fail(path, feature, "its coordinates are not a list of positions");
  std::vector<GeoPoint> points;
  for (const auto& position : value) points.push_back(geojson_position(position, path, feature));
  return points;
}

}  // namespace kontwin
