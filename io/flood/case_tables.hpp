#pragma once

#include <filesystem>
#include <string>

#include "io/flood/flood_case_run.hpp"

namespace kontwin::flood {

/// Writes points.csv, points_maxima.csv, sections.csv and balance.csv, those of which there is
/// something, and the maps of the maxima as GeoTIFF on the case's plane (docs/flood-cases.md).
/// Throws FileError.
void write_case_tables(const std::filesystem::path& folder, const FloodCase& flood_case,
                       const CaseOutcome& outcome);

/// Writes a map as GeoTIFF; `grid` stands before its name where it is not the case's own.
void write_case_map(const std::filesystem::path& folder, const FloodCase& flood_case,
                    const std::string& grid, const std::string& name, const Raster<float>& map);

/// What came of a case, for a terminal, in both languages.
std::string case_text(const FloodCase& flood_case, const CaseOutcome& outcome);

}  // namespace kontwin::flood
