#include "io/import/rivers.hpp"

#include <algorithm>
#include <cmath>

#include "io/import/geojson.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

constexpr double default_width_m = 30;
constexpr double default_bank_depth_m = 2;

class RiverReader {
 public:
  RiverReader(std::string path, const GeoJsonFeature& feature)
      : path_(std::move(path)), feature_(feature) {}

  std::string text(const char* field) const {
    if (!feature_.properties.contains(field)) return {};
    const auto& value = feature_.properties[field];
    if (value.is_null()) return {};
    if (!value.is_string()) fail(field, "is not a text");
    return value.get<std::string>();
  }
  double positive(const char* field, double otherwise) const {
    if (!feature_.properties.contains(field) || feature_.properties[field].is_null()) {
      return otherwise;
    }
    const auto& value = feature_.properties[field];
    if (!value.is_number() || !(value.get<double>() > 0)) fail(field, "is not a number above 0");
    return value.get<double>();
  }
  /// The heights at the points of the line; empty where the file gives none.
  std::vector<double> bed_m(std::size_t points) const {
    if (!feature_.properties.contains("bed_m") || feature_.properties["bed_m"].is_null()) return {};
    const auto& value = feature_.properties["bed_m"];
    if (!value.is_array() || value.size() != points) {
      fail("bed_m", "is not a list of " + std::to_string(points) + " heights, one a point");
    }
    std::vector<double> heights;
    for (const auto& height : value) {
      if (!height.is_number()) fail("bed_m", height.dump() + " is not a number");
      heights.push_back(height.get<double>());
    }
    return heights;
  }
  LocalPoint local(const LocalFrame& frame, GeoPoint point) const {
    try {
      return frame.to_local(point);
    } catch (const WorldError& error) {
      fail("geometry", error.what());
    }
  }
  void refuse_unknown() const {
    for (const auto& [field, value] : feature_.properties.items()) {
      if (field != "name" && field != "flows_into" && field != "width_m" &&
          field != "bank_depth_m" && field != "bed_m") {
        fail(field.c_str(), "is not a field of a river");
      }
    }
  }
  [[noreturn]] void fail(const char* field, const std::string& reason) const {
    throw FileError(path_, feature_.where + ": field '" + field + "': " + reason);
  }

 private:
  std::string path_;
  const GeoJsonFeature& feature_;
};

}  // namespace

void import_rivers_geojson(const std::filesystem::path& path, WorldParts& parts, double spacing_m,
                           ImportReport* report) {
  const std::uint32_t source = parts.add_source({.id = path.filename().string(),
                                                 .title = path.filename().string(),
                                                 .license = "none stated"});
  for (const GeoJsonFeature& feature : read_wgs84_geojson(path)) {
    const RiverReader reader(path.string(), feature);
    reader.refuse_unknown();
    if (feature.geometry["type"] != "LineString") reader.fail("geometry", "is not a LineString");
    std::vector<LocalPoint> given;
    for (const GeoPoint& point :
         geojson_positions(feature.geometry["coordinates"], path.string(), feature)) {
      given.push_back(reader.local(parts.frame, point));
    }
    if (given.size() < 2) reader.fail("geometry", "has fewer than two points");
    River river{.name = reader.text("name"),
                .flows_into = reader.text("flows_into"),
                .line = {},
                .bed_m = {},
                .width_m = {},
                .bank_depth_m = {},
                .provenance = Provenance::derived,
                .source = source};
    if (river.name.empty()) reader.fail("name", "is missing");
    const double width_m = reader.positive("width_m", default_width_m);
    const double depth_m = reader.positive("bank_depth_m", default_bank_depth_m);
    const auto heights = reader.bed_m(given.size());
    if (heights.empty() && parts.terrain->grids.empty()) {
      reader.fail("bed_m", "is missing, and there is no terrain to take the bed from");
    }
    if (!heights.empty()) river.provenance = Provenance::fact;

    const auto add = [&](LocalPoint point, double bed_m) {
      river.line.push_back(point);
      river.bed_m.push_back(static_cast<float>(bed_m));
      river.width_m.push_back(static_cast<float>(width_m));
      river.bank_depth_m.push_back(static_cast<float>(depth_m));
    };
    double lowest_m = HUGE_VAL;
    for (std::size_t i = 0; i < given.size(); ++i) {
      const std::size_t before = i == 0 ? 0 : i - 1;
      const double apart_m = distance_m(given[before], given[i]);
      const auto steps =
          std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(apart_m / spacing_m)));
      for (std::size_t step = i == 0 ? steps : 1; step <= steps; ++step) {
        const double share = static_cast<double>(step) / static_cast<double>(steps);
        const LocalPoint point{std::lerp(given[before].x_m, given[i].x_m, share),
                               std::lerp(given[before].y_m, given[i].y_m, share)};
        if (!heights.empty()) {
          add(point, std::lerp(heights[before], heights[i], share));
        } else {
          lowest_m = std::min(lowest_m, parts.terrain->elevation_m(point) - depth_m);
          add(point, lowest_m);
        }
      }
    }
    if (report != nullptr) report->count("rivers");
    parts.rivers.push_back(std::move(river));
  }
}

}  // namespace kontwin
