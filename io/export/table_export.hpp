#pragma once

#include <filesystem>
#include <string>

#include "io/run/run_file.hpp"

namespace kontwin {

/// One of the lists of a run, a line a row: urn, name, its columns (names as words, moments as ISO
/// 8601, empty where one does not apply), longitude, latitude. UTF-8, RFC 4180.
std::string table_csv(const RunFile& run, const RunTable& table);

/// The same as a GeoJSON collection of points, a feature a row; null where one does not apply.
std::string table_geojson(const RunFile& run, const RunTable& table);

/// Writes every list of the run into a folder, `<id>.csv` and `<id>.geojson`; the files. Throws
/// FileError where one cannot be written.
std::vector<std::filesystem::path> write_tables(const RunFile& run,
                                                const std::filesystem::path& folder);

}  // namespace kontwin
