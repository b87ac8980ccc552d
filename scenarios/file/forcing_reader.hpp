#pragma once

#include "scenarios/file/scenario_file.hpp"
#include "scenarios/toml/toml_reader.hpp"

namespace kontwin {

/// Reads what drives a branch: `[rain]` (see rain_reader.hpp), `[[inflow]]` (name, river, place,
/// and either discharge_m3ps or a recorded stage turned into discharge by the rating curve of the
/// river's own cross-section), `[[reservoir]]` (urn and recorded or written outflow) and `[demand]`
/// (factor).
Forcing read_forcing(TomlReader table, const World& world, const SeriesReader& read_series,
                     const RainRasterReader& read_rasters);

}  // namespace kontwin
