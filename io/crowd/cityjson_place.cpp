#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "io/crowd/geometry_files.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

using Json = nlohmann::json;

struct Vertex {
  double x_m, y_m, z_m;
};

constexpr double level_slope = 0.02;
constexpr double least_width_m = 0.05;

bool is_floor(const std::string& type) {
  return type == "FloorSurface" || type == "GroundSurface" || type == "TrafficArea" ||
         type == "OuterFloorSurface";
}
bool is_door(const std::string& type) { return type == "Door" || type == "DoorSurface"; }
/// Objects whose surfaces all are ground when they say nothing of each.
bool is_ground(const std::string& type) {
  return type == "TransportSquare" || type == "Road" || type == "Square" || type == "LandUse";
}
bool is_wanted(const std::string& type) {
  return type == "BuildingRoom" || type == "Room" || type == "BuildingStorey" ||
         type == "BuildingInstallation" || type == "BuildingConstructiveElement" ||
         type == "Door" || is_ground(type);
}

class Reader {
 public:
  Reader(const std::filesystem::path& path, DrawnPlace& place)
      : path_(path.string()), place_(place) {}

  void read() {
    std::ifstream file(path_, std::ios::binary);
    if (!file) throw FileError(path_, "cannot be opened");
    try {
      const Json root = Json::parse(file);
      if (root.value("type", "") != "CityJSON") throw FileError(path_, "is not CityJSON");
      check_reference(root);
      read_vertices(root);
      const std::size_t before = place_.surfaces.size();
      for (const auto& [id, object] : root.at("CityObjects").items()) read_named(id, object);
      if (place_.surfaces.size() == before) {
        throw FileError(path_, "holds no floor" + why_none_);
      }
    } catch (const Json::exception& error) {
      throw FileError(path_, std::string("is not as CityJSON should be: ") + error.what());
    }
    sort_doors();
  }

 private:
  void read_vertices(const Json& root) {
    std::array<double, 3> scale{1, 1, 1}, shift{0, 0, 0};
    if (root.contains("transform")) {
      scale = root["transform"].at("scale").get<std::array<double, 3>>();
      shift = root["transform"].at("translate").get<std::array<double, 3>>();
    }
    for (const Json& vertex : root.at("vertices")) {
      const auto v = vertex.get<std::array<double, 3>>();
      vertices_.push_back(
          {v[0] * scale[0] + shift[0], v[1] * scale[1] + shift[1], v[2] * scale[2] + shift[2]});
    }
  }

  void check_reference(const Json& root) const {
    const Json metadata = root.value("metadata", Json::object());
    const std::string name = metadata.value("referenceSystem", "");
    const std::string code = name.substr(name.find_last_of("/:") + 1);
    if (!measures_degrees("EPSG:" + code)) return;
    throw FileError(path_, "its referenceSystem '" + name +
                               "' measures degrees, and coordinates are taken as metres");
  }

  void read_named(const std::string& id, const Json& object) {
    try {
      read_object(id, object);
    } catch (const Json::exception& error) {
      throw FileError(path_, "object '" + id + "': is not as CityJSON should be: " + error.what());
    }
  }

  void read_object(const std::string& id, const Json& object) {
    const std::string type = object.at("type").get<std::string>();
    if (!is_wanted(type) || !object.contains("geometry")) return;
    for (const Json& geometry : object["geometry"]) {
      const std::string kind = geometry.at("type").get<std::string>();
      const Json semantics = geometry.value("semantics", Json());
      const Json values = semantics.is_object() ? semantics.at("values") : Json();
      const Json& boundaries = geometry.at("boundaries");
      if (kind == "MultiSurface" || kind == "CompositeSurface") {
        read_shell(id, type, boundaries, semantics, values);
      } else if (kind == "Solid") {
        for (std::size_t i = 0; i < boundaries.size(); ++i) {
          read_shell(id, type, boundaries[i], semantics, values.is_array() ? values.at(i) : Json());
        }
      }
    }
  }

  void read_shell(const std::string& id, const std::string& object_type, const Json& shell,
                  const Json& semantics, const Json& values) {
    for (std::size_t i = 0; i < shell.size(); ++i) {
      std::string type;
      if (values.is_array() && i < values.size() && values[i].is_number_unsigned()) {
        const auto number = values[i].get<std::size_t>();
        if (number >= semantics.at("surfaces").size()) {
          throw FileError(path_, "object '" + id + "': its semantics have no surface " +
                                     std::to_string(number));
        }
        type = semantics["surfaces"][number].value("type", "");
      } else if (is_ground(object_type)) {
        type = "TrafficArea";
      } else if (object_type == "Door") {
        type = "Door";
      }
      if (is_floor(type)) add_floor(id, shell[i]);
      if (is_door(type)) add_door(id, shell[i]);
    }
  }

  std::vector<Vertex> ring_of(const std::string& id, const Json& ring) const {
    std::vector<Vertex> corners;
    for (const Json& index : ring) {
      const auto i = index.get<std::size_t>();
      if (i >= vertices_.size()) {
        throw FileError(path_, "object '" + id + "': there is no vertex " + std::to_string(i));
      }
      corners.push_back(vertices_[i]);
    }
    return corners;
  }

  void add_floor(const std::string& id, const Json& rings) {
    Surface surface;
    std::vector<Vertex> corners;
    for (const Json& ring : rings) {
      const auto part = ring_of(id, ring);
      corners.insert(corners.end(), part.begin(), part.end());
      auto& flat =
          surface.shape.outer.empty() ? surface.shape.outer : surface.shape.holes.emplace_back();
      for (const Vertex& v : part) flat.push_back({v.x_m, v.y_m});
    }
    if (is_upright(surface.shape.outer)) {  // a riser of a stair
      why_none_ = " that is wider than 5 cm: are its coordinates metres?";
      return;
    }
    const std::size_t number = ++floors_[id];
    surface.id = number == 1 ? id : id + " " + std::to_string(number);
    const auto [low, high] = std::ranges::minmax(corners, {}, &Vertex::z_m);
    const double apart_m = distance_m(LocalPoint{low.x_m, low.y_m}, {high.x_m, high.y_m});
    surface.height_m = low.z_m;
    if (apart_m > 0 && (high.z_m - low.z_m) / apart_m > level_slope) slope(surface, corners);
    place_.add(std::move(surface), path_ + ": object '" + id + "'");
  }

  /// Whether a ring has next to no width as seen from above.
  static bool is_upright(const std::vector<LocalPoint>& ring) {
    if (ring.empty()) return true;
    const LocalPoint first = ring.front();
    const auto far = std::ranges::max(
        ring, {}, [first](LocalPoint corner) { return distance_m(first, corner); });
    const Segment along{first, far};
    return std::ranges::all_of(ring, [&along](LocalPoint corner) {
      return crowd::distance_m(along, corner) < least_width_m;
    });
  }

  /// The axis of a slope by the plane of least squares through its corners.
  static void slope(Surface& surface, const std::vector<Vertex>& corners) {
    const auto n = static_cast<double>(corners.size());
    double x = 0, y = 0, z = 0;
    for (const Vertex& v : corners) x += v.x_m / n, y += v.y_m / n, z += v.z_m / n;
    double xx = 0, xy = 0, yy = 0, xz = 0, yz = 0;
    for (const Vertex& v : corners) {
      const double dx = v.x_m - x, dy = v.y_m - y, dz = v.z_m - z;
      xx += dx * dx, xy += dx * dy, yy += dy * dy, xz += dx * dz, yz += dy * dz;
    }
    const double determinant = xx * yy - xy * xy;
    if (std::abs(determinant) < 1e-9) return;
    const double gx = (xz * yy - yz * xy) / determinant, gy = (yz * xx - xz * xy) / determinant;
    const double steepness = std::hypot(gx, gy);
    if (steepness < level_slope) return;
    double least = never_s, most = -never_s;
    for (const Vertex& v : corners) {
      const double along = ((v.x_m - x) * gx + (v.y_m - y) * gy) / steepness;
      least = std::min(least, along);
      most = std::max(most, along);
    }
    // Steeper than the steepest ramp that people build: a flight of stairs.
    surface.kind = steepness > 0.2 ? Surface::Kind::stairs : Surface::Kind::ramp;
    surface.low = {x + least * gx / steepness, y + least * gy / steepness};
    surface.high = {x + most * gx / steepness, y + most * gy / steepness};
    surface.height_m = z + least * steepness;
    surface.rise_m = (most - least) * steepness;
  }

  void add_door(const std::string& id, const Json& rings) {
    if (rings.empty()) return;
    const auto corners = ring_of(id, rings[0]);
    if (corners.empty()) return;
    DrawnGap gap;
    double widest_m = 0;
    gap.foot_m = std::ranges::min(corners, {}, &Vertex::z_m).z_m;
    for (const Vertex& a : corners) {
      for (const Vertex& b : corners) {
        const double apart_m = std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
        if (apart_m <= widest_m) continue;
        widest_m = apart_m;
        gap.a = {a.x_m, a.y_m};
        gap.b = {b.x_m, b.y_m};
      }
    }
    if (widest_m < least_width_m) {
      throw FileError(path_, "object '" + id + "': a door at (" + std::to_string(corners[0].x_m) +
                                 ", " + std::to_string(corners[0].y_m) + ") is " +
                                 std::to_string(widest_m) + " m wide");
    }
    // Both rooms of a door often have it as a surface of theirs.
    for (const DrawnGap& other : doors_) {
      if (std::abs(*other.foot_m - *gap.foot_m) < half_storey_m &&
          distance_m(Segment{other.a, other.b}, gap.a) < 0.5 &&
          distance_m(Segment{other.a, other.b}, gap.b) < 0.5) {
        return;
      }
    }
    gap.id = "door " + std::to_string(doors_.size() + 1) + " of " + id;
    gap.where = path_ + ": object '" + id + "'";
    doors_.push_back(gap);
  }

  /// A door with a surface on one side only leads out.
  void sort_doors() {
    for (DrawnGap& door : doors_) {
      const auto beside = std::ranges::count_if(place_.surfaces, [&door](const Surface& surface) {
        if (!is_level_with(surface, door)) return false;
        bool near = false;
        for_each_edge(surface.shape, [&](const Segment& edge) {
          near = near || (distance_m(edge, door.a) < 0.6 && distance_m(edge, door.b) < 0.6);
        });
        return near;
      });
      door.is_exit = beside == 1;
      place_.gaps.push_back(std::move(door));
    }
  }

  std::string path_;
  DrawnPlace& place_;
  std::vector<Vertex> vertices_;
  std::vector<DrawnGap> doors_;
  std::map<std::string, std::size_t> floors_;  ///< of each object, so far
  std::string why_none_ =
      ": no FloorSurface of a BuildingRoom or BuildingStorey, no TransportSquare, no Road";
};

}  // namespace

void read_cityjson_place(const std::filesystem::path& path, DrawnPlace& place) {
  Reader(path, place).read();
}

}  // namespace kontwin::crowd
