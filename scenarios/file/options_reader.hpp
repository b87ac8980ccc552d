#pragma once

#include "scenarios/file/scenario_file.hpp"
#include "scenarios/toml/toml_reader.hpp"

namespace kontwin {

/// Each reads the table of one engine; what is left out keeps the default of the options struct.
FloodOptions read_flood_options(TomlReader table, const World& world);
/// Of a flood's table what needs no world: scheme, infiltration, edges and depths.
void read_water_options(TomlReader& table, FloodOptions& options);
/// Scheme and order alone.
void read_water_scheme(TomlReader& table, FloodOptions& options);
SlopeOptions read_slope_options(TomlReader table);
TrafficOptions read_traffic_options(TomlReader table, const World& world);
/// `read_building`: see load_scenario.
EvacuationOptions read_evacuation_options(TomlReader table, const World& world,
                                          const BuildingReader& read_building);

}  // namespace kontwin
