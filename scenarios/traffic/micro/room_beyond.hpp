#pragma once

#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

/// Whether a vehicle near the end of its lane finds room for all of it beyond the junction, should
/// those ahead of it there come to a stand: behind the last one that stands, less what those who
/// are on their way there need.
bool has_room(const ZoneState& zone, std::uint32_t row, const Movement& movement);

/// Whether it can come in between those who are in the lane it goes to and those who come there
/// from other lanes, all with room to stop.
bool fits_in(const ZoneState& zone, std::uint32_t row, const Movement& movement);

}  // namespace kontwin::traffic::micro
