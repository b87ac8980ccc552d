#pragma once

#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

/// Says for every vehicle near the end of its lane whether it may go on, and commits those who have
/// come so near that they must know.
///
/// Who is committed goes for certain: nobody whose way crosses theirs is committed until their rear
/// is clear of the junction, and who comes into the same lane from another one does so before or
/// behind them with room to stop. So vehicles never meet in a junction whatever drivers think of
/// right of way; that says who waits:
///
/// - at red, those who can still stop;
/// - who gives way, for all who go first and could be there before one is through and
///   give_way_margin_s later. One who goes first but stands because it gives way itself or has no
///   room beyond does not count, save where those who came first go first;
/// - whose way others cross or join, until there is room beyond for the whole vehicle, should those
///   ahead of it come to a stand; those who wait for room in the same lane, in the order in which
///   they came. Whoever has no room holds up nobody, and who comes to a stand before the line
///   because the room is gone takes it back;
/// - who leaves the zone, for the caller's word.
void decide_right_of_way(ZoneState& zone);

/// What a turn sees at a moment: the aspect of its signal by the fixed plan, permissive without a
/// signal.
Aspect planned_aspect(const Network& network, std::uint32_t turn, Micros now);

}  // namespace kontwin::traffic::micro
