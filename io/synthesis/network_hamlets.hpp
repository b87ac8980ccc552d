#pragma once

#include "io/synthesis/network_draft.hpp"
#include "io/synthesis/network_rivers.hpp"
#include "io/synthesis/places_communes.hpp"
#include "twin/world.hpp"

namespace kontwin::synthesis {

/// About as many people live on one junction's streets in a town.
inline constexpr double people_per_street_junction = 105;
/// People of a hamlet (thôn, làng).
inline constexpr double people_per_hamlet = 560;

/// Adds hamlets to every commune, as many as its people outside the towns need: on gentle, dry
/// ground within 2 km of a road, joined to it by a track, with a few lanes of homes. All synthetic.
void draw_hamlets(const WorldParts& parts, const CommuneIndex& communes, const RiverIndex& rivers,
                  NetworkDraft& draft);

}  // namespace kontwin::synthesis
