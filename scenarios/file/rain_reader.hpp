#pragma once

#include "scenarios/file/scenario_file.hpp"
#include "scenarios/toml/toml_reader.hpp"

namespace kontwin {

/// Reads `[rain]`, one of: `mm_per_hour` (a series), `design` (a storm of a return period, by
/// scenarios/design_storm.hpp), `rasters` (moments and GeoTIFF files).
void read_rain(TomlReader table, const World& world, const RainRasterReader& read_rasters,
               Forcing& forcing);

}  // namespace kontwin
