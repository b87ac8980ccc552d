#pragma once

#include <span>

#include "twin/branch.hpp"
#include "twin/observation.hpp"

namespace kontwin {

/// Adds to a branch's forcing what sensors saw before its start, for those that its scenario gives
/// no series of: the flows of traffic counters and the rain of rain gauges in the lead-in, and the
/// stages of river gauges. So the lead-in is drawn to what was there, and the branch starts from
/// it.
///
/// A count or an intensity of rain holds for the time since the one before it. A counter that made
/// none in the lead-in but whose flow is known in the state of the start is taken to have seen that
/// all along. Readings of other properties and later moments are left out, `readings` being in
/// order of time for each entity. Counts and rain concern a branch with a lead-in only.
void add_observed(Branch& branch, std::span<const Reading> readings);

}  // namespace kontwin
