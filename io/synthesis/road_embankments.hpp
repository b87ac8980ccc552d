#pragma once

#include "io/synthesis/network_draft.hpp"
#include "io/synthesis/network_rivers.hpp"
#include "twin/terrain.hpp"

namespace kontwin::synthesis {

/// How high a road's carriageway stands over the ground, or a bridge's over its banks, metres: so
/// high that along all of it the road is 0.5 m above its design flood, up to 6 m, and 0 where no
/// flood comes. That is how TCVN 4054:2005 has roads designed by rivers: the flood's probability in
/// a year is 1 % for class I and II, 2 % for class III and 4 % for class IV and V. Here bridges
/// are taken for the first, national roads for the second and provincial roads for the third, also
/// in towns. Other roads and streets lie at the ground.
///
/// The design floods are synthetic: no discharge of such a probability was found. The record of
/// 2009 at the Kon Tum gauge, 10.65 m above a bed whose banks are 5.3 m high, is taken for 2 %: so
/// it stands 2.0 bank heights over the bed on every river, that of 1 % 2.2 and that of 4 % 1.75.
/// A flood reaches up to eight channel widths from a river's line.
double deck_height_m(const DraftRoad& road, bool bridge, const RiverIndex& rivers,
                     const Terrain& terrain);

}  // namespace kontwin::synthesis
