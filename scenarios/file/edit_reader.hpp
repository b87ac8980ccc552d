#pragma once

#include <span>
#include <utility>
#include <vector>

#include "scenarios/file/scenario.hpp"
#include "scenarios/toml/toml_reader.hpp"

namespace kontwin {

/// Reads one `[[edit]]` table: `at` (a moment, or a length of time after the start; the start when
/// it is left out), `do` (the name of an edit, see name_of) and what that edit needs. An edit of
/// several entities becomes one edit for each.
std::vector<std::pair<EditMoment, Edit>> read_edit(TomlReader table, const World& world);

/// Reads one `[[add_road]]` table: `name`, `from` and `to` (each [lon, lat], joined to the nearest
/// junction), `via` (points between), `speed_kmh`, `lanes`, `capacity_vph`, `oneway`, `number`. Its
/// URN differs from those of the world and of the roads `before` it in the file.
std::vector<World::NewRoad> read_new_road(TomlReader table, const World& world,
                                          std::span<const World::NewRoad> before);

}  // namespace kontwin
