#pragma once

#include <filesystem>
#include <functional>
#include <utility>
#include <vector>

#include "scenarios/file/file_terms.hpp"
#include "scenarios/toml/toml_reader.hpp"

namespace kontwin {

/// Reads rasters of rain by their moments.
using RainRasterFiles =
    std::function<RainRaster(const std::vector<std::pair<Instant, std::filesystem::path>>&)>;

/// Reads `[rain]`, one of: `mm_per_hour` (a series), `design` (a storm of a return period, by
/// scenarios/design_storm.hpp), `rasters` (moments and GeoTIFF files).
void read_rain(TomlReader table, const FileTerms& terms, const RainRasterFiles& read_rasters,
               Forcing& forcing);

}  // namespace kontwin
