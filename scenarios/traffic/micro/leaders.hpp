#pragma once

#include <span>

#include "scenarios/traffic/micro/lane_changes.hpp"
#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

/// Finds for every row what it follows, within what room it must be able to stop and what speed it
/// should come down to: from vehicles ahead in its lane that it would touch, rears of those who
/// have left the lane, the end of the lane where it may not go on, and beyond it the lane it goes
/// to and those from other lanes who go there before it. Also draws the random numbers of the step.
void find_leaders(ZoneState& zone, std::span<const LaneChanges::Courtesy> courtesies);

/// From how far before the end of its lane a vehicle thinks of whether it may go on, metres.
double view_m(const ZoneState& zone, std::uint32_t row);

}  // namespace kontwin::traffic::micro
