#pragma once

#include <span>
#include <vector>

#include "io/synthesis/network_draft.hpp"
#include "io/synthesis/network_rivers.hpp"

namespace kontwin::synthesis {

/// Bends a road's rough course as the ground asks: nearly straight where it is level, in long turns
/// where it climbs, rounded everywhere. Ends stay. `rivers` may be null where none is near; else no
/// bend is made that would bring the road over or into one.
std::vector<LocalPoint> winding_course(std::span<const LocalPoint> rough,
                                       std::span<const double> heights_m, const RiverIndex* rivers,
                                       std::uint64_t key);

/// Adds a road to the draft, cut where it meets wide rivers (the piece over the water is a bridge)
/// and into links of about 1 to 3 km. No new junction stands in a channel.
void add_in_links(NetworkDraft& draft, std::uint32_t a, std::uint32_t b,
                  std::span<const LocalPoint> course, const DraftRoad& attributes,
                  const RiverIndex& rivers);

}  // namespace kontwin::synthesis
