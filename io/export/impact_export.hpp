#pragma once

#include <filesystem>
#include <string>

#include "io/run/run_file.hpp"

namespace kontwin {

/// What befell places in a run, a line a spell: urn, name, kind, what, from, until (empty: not
/// over), minutes, deepest_m, hazard_class, people, longitude, latitude. UTF-8, RFC 4180.
std::string impacts_csv(const RunFile& run);

/// The same as a GeoJSON collection of points, a feature a spell.
std::string impacts_geojson(const RunFile& run);

/// By the ending of the file: `.csv`, or `.geojson` or `.json`. Throws FileError for any other and
/// where it cannot be written.
void write_impacts(const RunFile& run, const std::filesystem::path& path);

}  // namespace kontwin
