#pragma once

#include <span>
#include <utility>
#include <vector>

#include "scenarios/file/edit_places.hpp"
#include "scenarios/file/scenario.hpp"
#include "scenarios/toml/toml_reader.hpp"

namespace kontwin {

/// An edit with its moment and its line in the file.
struct PlacedEdit {
  EditMoment at;
  Edit edit;
  long line = 0;
};

/// Reads one `[[edit]]` table: `at` (a moment, or a length of time after the start; the start when
/// it is left out), `do` (the name of an edit, see name_of, or of a measure of traffic control) and
/// what that edit needs. An edit of several entities becomes one edit for each; a measure is one,
/// with `name`, and `for` or `until` where it ends by itself.
std::vector<PlacedEdit> read_edit(TomlReader table, const EditPlaces& places);

/// Reads one `[[add_road]]` table: `name`, `from` and `to` (each a junction's URN, or [lon, lat],
/// joined to the nearest junction), `via` (points between), `speed_kmh`, `lanes`, `capacity_vph`,
/// `oneway`, `number`. Its URN differs from those of the world and of the roads `before` it in the
/// file.
std::vector<World::NewRoad> read_new_road(TomlReader table, const World& world,
                                          std::span<const World::NewRoad> before);

}  // namespace kontwin
