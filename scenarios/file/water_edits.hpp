#pragma once

#include <vector>

#include "scenarios/file/edit_places.hpp"
#include "scenarios/file/file_terms.hpp"
#include "scenarios/toml/toml_reader.hpp"
#include "twin/edit.hpp"

namespace kontwin {

/// One edit for each selected row.
template <typename Make>
std::vector<Edit> for_rows(const std::vector<std::uint32_t>& selected, Make make) {
  std::vector<Edit> edits;
  edits.reserve(selected.size());
  for (const std::uint32_t row : selected) edits.push_back(make(row));
  return edits;
}

/// The edits of a flood, each read from its `[[edit]]` table (docs/flood-works.md). They need a
/// world.
std::vector<Edit> read_release(TomlReader& table, const EditPlaces& places);
std::vector<Edit> read_gate(TomlReader& table, const EditPlaces& places);
std::vector<Edit> read_structure_edit(TomlReader& table, const EditPlaces& places);
std::vector<Edit> read_raised_road(TomlReader& table, const EditPlaces& places);
std::vector<Edit> read_barrier(TomlReader& table, const EditPlaces& places);
std::vector<Edit> read_breach(TomlReader& table, const EditPlaces& places);
/// A breach of a levee alone, told in other terms.
StartBreach read_levee_breach(TomlReader& table, const FileTerms& terms);

}  // namespace kontwin
