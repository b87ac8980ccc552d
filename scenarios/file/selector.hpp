#pragma once

#include <string>
#include <vector>

#include "scenarios/toml/toml_reader.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Reads a `where` table and returns the rows of `kind` that meet all of its conditions:
///   urns = ["urn:ngsi-ld:Road:..."]          these entities
///   communes = ["23293"]                     in one of these communes
///   number = "QL24"                          roads with this number
///   classes = ["street", "residential"]      roads of these classes
///   below_m = 520.5, above_m = 500           ground height at the entity (a road: its lowest
///   point) near = [lon, lat], within_m = 300        no farther from a place along_river = "Đăk
///   Bla", within_m = 200  no farther from a river's line
///   inside = [[lon, lat], ...]               in an area (a road: with a point of it)
/// A table without a condition, an unknown URN, commune or river, and a selection of nothing throw
/// FileError, because an edit that does nothing is a mistake.
std::vector<std::uint32_t> select_rows(TomlReader where, Kind kind, const World& world);

}  // namespace kontwin
