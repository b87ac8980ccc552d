#pragma once

#include <nlohmann/json_fwd.hpp>

#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// An entity in the NGSI-LD style, without a context: id, type, name, location (WGS 84 point,
/// GeoJSON order), commune, provenance and source, its attributes and its state columns. What is
/// not known is left out.
nlohmann::ordered_json entity_json(const World& world, const StateTable& state, EntityRef ref);

}  // namespace kontwin
