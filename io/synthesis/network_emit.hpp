#pragma once

#include "io/synthesis/network_draft.hpp"
#include "io/synthesis/network_rivers.hpp"
#include "io/synthesis/places_communes.hpp"
#include "twin/world.hpp"

namespace kontwin::synthesis {

/// The index of the source of what the project made up itself.
std::uint32_t own_source(WorldParts& parts);

/// Turns a finished draft into junctions and links of a world, two links a road. Lengths are
/// measured, lanes, speed, capacity and width come from the road or, where it does not say, from
/// its class.
void emit_network(const NetworkDraft& draft, const CommuneIndex& communes, const RiverIndex& rivers,
                  WorldParts& parts);

}  // namespace kontwin::synthesis
