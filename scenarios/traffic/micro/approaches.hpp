#pragma once

#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

/// Notes what those who give way to movements from a lane have to expect: see Approach.
void look_back(ZoneState& zone, std::uint32_t lane);

/// Whether a vehicle has to let somebody go first, or does since that one has waited for long.
/// Where those who came first go first, nobody waits for one who cannot go anyway since others have
/// just set off across its way: who can go beside these goes with them, and the next are those who
/// came first.
bool must_yield(ZoneState& zone, std::uint32_t row, const Movement& movement);

/// At how many other links into the junction at the end of one somebody stands at the line, or has
/// all but come to it.
std::size_t others_waiting(const ZoneState& zone, std::uint32_t link);

/// Whether a driver at the line who need not yield any more still finds out whose turn it is, or
/// lets somebody go who does and came before, and the time that one takes who goes: see
/// JunctionOptions::turn_taking_s.
bool finds_out(ZoneState& zone, std::uint32_t row);
void take_turn(ZoneState& zone, std::uint32_t row);

/// Whether somebody is under way across a movement.
bool is_crossed(const ZoneState& zone, std::uint32_t movement);

/// What a turn's signal shows now: as the caller says, or as planned.
Aspect aspect_of(const ZoneState& zone, std::uint32_t turn);

}  // namespace kontwin::traffic::micro
