#include <algorithm>
#include <array>

#include "io/crowd/geometry_files.hpp"
#include "io/import/geojson.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

using Json = nlohmann::json;

constexpr double smallest_place_m = 0.5;
constexpr double same_point_m = 1e-3;

/// Corners without those that say a point again, the last one of a closed ring among them.
std::vector<LocalPoint> without_repeats(const std::vector<LocalPoint>& corners) {
  std::vector<LocalPoint> kept;
  for (const LocalPoint corner : corners) {
    if (kept.empty() || distance_m(kept.back(), corner) >= same_point_m) kept.push_back(corner);
  }
  while (kept.size() > 1 && distance_m(kept.front(), kept.back()) < same_point_m) kept.pop_back();
  return kept;
}

class Feature {
 public:
  Feature(const std::string& path, GeoJsonFeature feature, const Coordinates& coordinates)
      : path_(path), feature_(std::move(feature)), coordinates_(coordinates) {}

  std::string where() const { return path_ + ": " + feature_.where; }
  [[noreturn]] void fail(const std::string& reason) const { throw FileError(where(), reason); }

  std::string text(const char* field, const std::string& otherwise = {}) const {
    const auto found = feature_.properties.find(field);
    if (found == feature_.properties.end() || found->is_null()) return otherwise;
    if (found->is_number_integer()) return std::to_string(found->get<std::int64_t>());
    if (!found->is_string()) fail("property '" + std::string(field) + "' must be a text");
    return found->get<std::string>();
  }

  double number(const char* field, double otherwise) const {
    const auto found = feature_.properties.find(field);
    if (found == feature_.properties.end() || found->is_null()) return otherwise;
    if (!found->is_number()) fail("property '" + std::string(field) + "' must be a number");
    return found->get<double>();
  }

  bool flag(const char* field) const {
    const auto found = feature_.properties.find(field);
    if (found == feature_.properties.end() || found->is_null()) return false;
    if (!found->is_boolean()) fail("property '" + std::string(field) + "' must be true or false");
    return found->get<bool>();
  }

  OpenTime times(const char* from, const char* until) const {
    return {number(from, 0), number(until, never_s)};
  }

  LocalPoint point(const Json& position) const {
    if (coordinates_.kind != Coordinates::Kind::metres && coordinates_.reference == nullptr) {
      return from_degrees(geojson_position(position, path_, feature_));
    }
    if (!position.is_array() || position.size() < 2 || !position[0].is_number() ||
        !position[1].is_number()) {
      fail("a position is not [x, y]");
    }
    const double x = position[0].get<double>(), y = position[1].get<double>();
    if (coordinates_.reference == nullptr) return {x, y};
    return coordinates_.frame.to_local(coordinates_.reference->to_wgs84(x, y));
  }

  std::vector<LocalPoint> points(const Json& positions) const {
    if (!positions.is_array()) fail("its coordinates are not a list of positions");
    std::vector<LocalPoint> all;
    for (const Json& position : positions) all.push_back(point(position));
    return all;
  }

  /// The one of a Polygon, or those of a MultiPolygon.
  std::vector<Polygon> polygons() const {
    const Json& coordinates = feature_.geometry["coordinates"];
    if (feature_.geometry["type"] != "MultiPolygon") {
      expect("Polygon");
      return {polygon(coordinates)};
    }
    if (!coordinates.is_array() || coordinates.empty()) fail("a MultiPolygon without polygons");
    std::vector<Polygon> all;
    for (const Json& rings : coordinates) all.push_back(polygon(rings));
    return all;
  }

  Polygon polygon(const Json& rings) const {
    if (!rings.is_array() || rings.empty()) fail("a Polygon without rings");
    Polygon shape;
    for (const Json& ring : rings) {
      const auto drawn = points(ring);
      const auto corners = without_repeats(drawn);
      if (corners.size() < 3) {
        fail(std::string("a ring has less than three corners") +
             (drawn.size() < 3 || coordinates_.kind != Coordinates::Kind::metres
                  ? ""
                  : " a millimetre or more apart, taken as metres: are they degrees (coordinates = "
                    "\"wgs84\")?"));
      }
      (shape.outer.empty() ? shape.outer : shape.holes.emplace_back()) = corners;
    }
    return shape;
  }

  std::vector<LocalPoint> line() const {
    expect("LineString");
    auto line = points(feature_.geometry["coordinates"]);
    if (line.size() < 2) fail("a line has less than two points");
    return line;
  }

  LocalPoint point_property(const char* field) const {
    const auto found = feature_.properties.find(field);
    if (found == feature_.properties.end())
      fail("property '" + std::string(field) + "' is missing");
    return point(*found);
  }

  std::vector<std::string> texts(const char* field) const {
    std::vector<std::string> all;
    const auto found = feature_.properties.find(field);
    if (found == feature_.properties.end() || found->is_null()) return all;
    if (!found->is_array()) fail("property '" + std::string(field) + "' must be a list of texts");
    for (const Json& item : *found) {
      if (!item.is_string()) fail("property '" + std::string(field) + "' must be a list of texts");
      all.push_back(item.get<std::string>());
    }
    return all;
  }

 private:
  LocalPoint from_degrees(GeoPoint position) const {
    try {
      return coordinates_.frame.to_local(position);
    } catch (const Error& error) {
      fail(std::string(error.what()) +
           ", taken as degrees: are they metres (coordinates = \"metres\")?");
    }
  }

  void expect(const char* type) const {
    const std::string is = feature_.geometry["type"].get<std::string>();
    if (is != type) fail("is a " + is + " and must be a " + type);
  }

  const std::string& path_;
  GeoJsonFeature feature_;
  const Coordinates& coordinates_;
};

void add_gap(const Feature& feature, const std::string& id, bool is_exit, DrawnPlace& place) {
  const auto line = feature.line();
  if (line.size() != 2) feature.fail("a gap is a line of two points");
  DrawnGap gap;
  gap.where = feature.where();
  gap.id = id;
  gap.is_exit = is_exit;
  gap.a = line[0];
  gap.b = line[1];
  gap.surfaces = feature.texts("joins");
  if (const std::string surface = feature.text("surface"); !surface.empty()) {
    gap.surfaces.push_back(surface);
  }
  gap.flow_limit_ppsm = feature.number("flow_limit_ppsm", never_s);
  gap.open = feature.times("opens_s", "closes_s");
  gap.emergency_only = feature.flag("emergency_only");
  place.gaps.push_back(std::move(gap));
}

/// The parts of a MultiPolygon are told apart by a number, from the second on.
std::string numbered(const std::string& id, std::size_t number) {
  return number == 1 || id.empty() ? id : id + " " + std::to_string(number);
}

void add_surface(const Feature& feature, const std::string& id, Surface::Kind kind,
                 DrawnPlace& place) {
  std::size_t number = 1;
  Surface surface;
  surface.kind = kind;
  surface.height_m = feature.number("height_m", 0);
  if (kind != Surface::Kind::floor) {
    surface.low = feature.point_property("low");
    surface.high = feature.point_property("high");
    surface.rise_m = feature.number("rise_m", 0);
  }
  for (const Polygon& shape : feature.polygons()) {
    surface.id = numbered(id, number++);
    surface.shape = shape;
    place.add(surface, feature.where());
  }
}

void add_patch(const Feature& feature, const std::string& id, DrawnPatch::Kind kind,
               DrawnPlace& place) {
  std::size_t number = 1;
  for (const Polygon& shape : feature.polygons()) {
    place.patches.push_back({kind, feature.where(), numbered(id, number++), shape,
                             feature.text("surface"), feature.times("from_s", "until_s")});
  }
}

/// Throws when a file of degrees is read as one of metres: all of it would lie within a step.
void check_metres(const std::string& path, const DrawnPlace& place, std::size_t first) {
  LocalBox all{never_s, never_s, -never_s, -never_s};
  for (std::size_t i = first; i < place.surfaces.size(); ++i) {
    const LocalBox box = box_of(place.surfaces[i].shape);
    all = {std::min(all.min_x_m, box.min_x_m), std::min(all.min_y_m, box.min_y_m),
           std::max(all.max_x_m, box.max_x_m), std::max(all.max_y_m, box.max_y_m)};
  }
  if (all.max_x_m < all.min_x_m) return;
  if (all.max_x_m - all.min_x_m >= smallest_place_m ||
      all.max_y_m - all.min_y_m >= smallest_place_m) {
    return;
  }
  throw FileError(path, "its surfaces lie within " + std::to_string(smallest_place_m) +
                            " m, taken as metres: are they degrees (coordinates = \"wgs84\")?");
}

}  // namespace

void read_geojson_place(const std::filesystem::path& path, const Coordinates& told,
                        DrawnPlace& place) {
  const std::string name = path.string();
  GeoJsonFile file = read_geojson_file(path);
  Coordinates coordinates = told;
  if (!file.crs.empty() && told.kind != Coordinates::Kind::metres) {
    coordinates.reference = std::make_shared<CoordinateReference>(file.crs, name);
  }
  const std::size_t first_surface = place.surfaces.size();
  for (GeoJsonFeature& read : file.features) {
    const Json own_id = read.id;
    const Feature feature(name, std::move(read), coordinates);
    const std::string kind = feature.text("kind");
    std::string id = feature.text("id");
    if (id.empty() && own_id.is_string()) id = own_id.get<std::string>();
    if (id.empty()) id = feature.text("name");
    const auto fail_kind = [&](const std::string& reason) {
      feature.fail(reason +
                   ": surface, stairs, ramp, opening, exit, area, blockage, obstacle or wall");
    };
    if (kind.empty()) fail_kind("has no property 'kind'");
    if (id.empty() && kind != "obstacle" && kind != "wall") feature.fail("has no 'id'");
    if (kind == "surface" || kind == "floor") {
      add_surface(feature, id, Surface::Kind::floor, place);
    } else if (kind == "stairs") {
      add_surface(feature, id, Surface::Kind::stairs, place);
    } else if (kind == "ramp") {
      add_surface(feature, id, Surface::Kind::ramp, place);
    } else if (kind == "opening" || kind == "exit") {
      add_gap(feature, id, kind == "exit", place);
    } else if (kind == "area") {
      add_patch(feature, id, DrawnPatch::Kind::area, place);
    } else if (kind == "blockage") {
      add_patch(feature, id, DrawnPatch::Kind::blockage, place);
    } else if (kind == "obstacle") {
      add_patch(feature, id, DrawnPatch::Kind::obstacle, place);
    } else if (kind == "wall") {
      place.walls.push_back({feature.where(), feature.line(), feature.text("surface")});
    } else {
      fail_kind("kind '" + kind + "' is unknown");
    }
  }
  if (coordinates.kind == Coordinates::Kind::metres) check_metres(name, place, first_surface);
}

}  // namespace kontwin::crowd
