#pragma once

#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

/// Whether a vehicle near the end of its lane finds room for all of it beyond the junction, should
/// those ahead of it there come to a stand: behind the last one that stands, less what those who
/// are on their way there need.
bool has_room(const ZoneState& zone, std::uint32_t row, const Movement& movement);

/// Notes who has waited longest for room in each lane, of those who stand at the ends of others.
void note_claims(ZoneState& zone);

/// Whether somebody waits for room in the lane it goes to who came before it: those who wait for
/// the same lane go in the order in which they came.
bool comes_later(const ZoneState& zone, std::uint32_t row, const Movement& movement);

/// Whether it can come in between those who are in the lane it goes to and those who come there
/// from other lanes, all with room to stop.
bool fits_in(const ZoneState& zone, std::uint32_t row, const Movement& movement);

}  // namespace kontwin::traffic::micro
