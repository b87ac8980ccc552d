#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "scenarios/file/edit_reader.hpp"
#include "scenarios/file/file_terms.hpp"
#include "scenarios/flood/flood_options.hpp"
#include "scenarios/toml/toml_reader.hpp"

namespace kontwin {

/// Reads the `[[structure]]`, `[[reservoir]]` and `[[edge]]` tables under `[flood]`
/// (docs/flood-works.md). Throws FileError with line and field.
void read_flood_works(TomlReader& flood, const World& world, FloodOptions& options);

/// The structures and edges alone, told in other terms.
void read_structures_and_edges(TomlReader& flood, const FileTerms& terms, FloodOptions& options);

/// Throws FileError at the line of an edit of a structure, or of a dam's gates, that the flood of
/// the file does not have (nothing runs without one), or of a barrier or a levee that breaks whose
/// line passes between no cells of its grids.
void check_flood_edits(const std::filesystem::path& path, std::span<const PlacedEdit> edits,
                       const std::optional<FloodOptions>& flood, const World& world);

}  // namespace kontwin
