#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "twin/world.hpp"

namespace kontwin {

/// The road network of a world, made from an asset folder: appends junctions and road links (both
/// directions of each road) to `parts`, and nothing else. To be called after add_land. The same
/// folder and land give the same bits.
///
/// Reads waypoints.csv and roads.csv (country roads through known places, led over the ground),
/// quarters.csv, streets.csv, street_names.csv and bridges.csv (the streets of towns). Every
/// commune's seat is a junction named by seat_junction_urn. The network is strongly connected, and
/// each link that crosses the line of a river 30 m wide or more is a bridge.
///
/// Capacities are in vehicles an hour of the local mix (about eight of ten are motorbikes), one
/// direction. Throws FileError naming file, line and reason; WorldError when the land lacks units
/// in force since July 2025.
void add_network(const std::filesystem::path& folder, WorldParts& parts);

/// The URN of the junction at the seat of a commune of June 2025.
std::string seat_junction_urn(std::string_view commune_code);

}  // namespace kontwin
