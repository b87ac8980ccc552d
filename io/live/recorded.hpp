#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twin/forcing.hpp"
#include "twin/observation.hpp"

namespace kontwin {

/// Reads recorded observations: CSV with the columns time (ISO 8601 with an offset), entity (URN),
/// property, value, and optionally source and quality (good, suspect, estimated). Sorted by time;
/// rows of the same time keep their order. Throws FileError with the line of the first bad row.
std::vector<Observation> read_recorded(const std::filesystem::path& path);

/// One property of one entity out of such a file, as a series. Throws FileError when the file holds
/// none of it.
TimeSeries read_recorded_series(const std::filesystem::path& path, const std::string& urn,
                                const std::string& property);

}  // namespace kontwin
