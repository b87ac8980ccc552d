#pragma once

#include <string_view>
#include <vector>

#include "scenarios/file/toml_reader.hpp"
#include "twin/error.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// A place of a scenario file in the world's frame. Throws FileError at `field` when it lies too
/// far from the world to be projected.
inline LocalPoint local_place(const TomlReader& table, std::string_view field, const World& world,
                              GeoPoint place) {
  try {
    return world.frame().to_local(place);
  } catch (const WorldError& error) {
    table.fail(field, error.what());
  }
}

/// The same for the list of places at `field`.
inline std::vector<LocalPoint> local_places(TomlReader& table, std::string_view field,
                                            const World& world) {
  std::vector<LocalPoint> line;
  for (const GeoPoint place : table.places(field)) {
    line.push_back(local_place(table, field, world, place));
  }
  return line;
}

}  // namespace kontwin
