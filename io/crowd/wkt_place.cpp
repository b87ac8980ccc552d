#include <fstream>
#include <sstream>

#include "io/crowd/geometry_files.hpp"
#include "io/crowd/polygon_algebra.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

std::string why_not_united(const std::vector<Polygon>& polygons) {
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    if (const auto crossing = self_crossing(polygons[i])) {
      return "polygon " + std::to_string(i + 1) + ": its border crosses itself at (" +
             std::to_string(crossing->x_m) + ", " + std::to_string(crossing->y_m) + ")";
    }
  }
  return "its polygons enclose nothing";
}

}  // namespace

void read_wkt_place(const std::filesystem::path& path, DrawnPlace& place) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path.string(), "cannot be opened");
  std::ostringstream text;
  text << file.rdbuf();
  auto polygons = polygons_of_wkt(text.str(), path.string());
  for (Polygon& polygon : polygons) {
    if (auto shape = mended(polygon)) polygon = std::move(*shape);
  }
  const auto shapes = united(polygons);
  if (shapes.empty()) throw FileError(path.string(), why_not_united(polygons));
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    Surface surface;
    surface.id = shapes.size() == 1 ? "walkable" : "walkable " + std::to_string(i + 1);
    surface.shape = shapes[i];
    place.surfaces.push_back(std::move(surface));
  }
}

void read_place(const std::filesystem::path& path, const Coordinates& coordinates,
                DrawnPlace& place) {
  const std::string name = path.filename().string();
  if (name.ends_with(".geojson")) {
    read_geojson_place(path, coordinates, place);
  } else if (name.ends_with(".city.json") || name.ends_with(".cityjson")) {
    read_cityjson_place(path, place);
  } else if (name.ends_with(".wkt")) {
    read_wkt_place(path, place);
  } else {
    throw FileError(path.string(),
                    "is no file of geometry: its name must end in .geojson, .city.json or .wkt");
  }
}

}  // namespace kontwin::crowd
