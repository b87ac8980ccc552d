#pragma once

#include "scenarios/file/scenario.hpp"
#include "scenarios/toml/toml_reader.hpp"

namespace kontwin {

/// Each reads the table of one engine; what is left out keeps the default of the options struct.
FloodOptions read_flood_options(TomlReader table, const World& world);
SlopeOptions read_slope_options(TomlReader table);
TrafficOptions read_traffic_options(TomlReader table, const World& world);
EvacuationOptions read_evacuation_options(TomlReader table, const World& world);

}  // namespace kontwin
