#pragma once

#include <string>

#include "scenarios/evacuation/plan/planned_evacuation.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// What an emergency manager reads of a plan, in Vietnamese and English: who goes where, in which
/// waves, with how many buses, how long it takes and at least has to take, and what holds it up.
/// Lists end after the ten lines that matter most, and say how many were left out.
std::string evacuation_plan_text(const PlannedEvacuation& made, const World& world);

}  // namespace kontwin
