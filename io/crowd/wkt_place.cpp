#include <fstream>
#include <sstream>

#include "io/crowd/geometry_files.hpp"
#include "io/crowd/polygon_algebra.hpp"
#include "io/crowd/sound_shape.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

void read_wkt_place(const std::filesystem::path& path, DrawnPlace& place) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path.string(), "cannot be opened");
  std::ostringstream text;
  text << file.rdbuf();
  auto polygons = polygons_of_wkt(text.str(), path.string());
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    polygons[i] =
        sound_shape(path.string() + ": polygon " + std::to_string(i + 1), "", polygons[i]);
  }
  const auto shapes = united(polygons);
  if (shapes.empty()) throw FileError(path.string(), "its polygons enclose nothing");
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    Surface surface;
    surface.id = shapes.size() == 1 ? "walkable" : "walkable " + std::to_string(i + 1);
    surface.shape = shapes[i];
    place.add(std::move(surface), path.string());
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
