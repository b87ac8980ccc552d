#pragma once

#include <string>

#include "scenarios/evacuation/plan/planned_evacuation.hpp"
#include "scenarios/evacuation/plan/ward_plan.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// What an emergency manager reads of a plan, in Vietnamese and English: who goes where, in which
/// waves, with how many buses, how long it takes and at least has to take, and what holds it up.
/// Lists end after the ten lines that matter most, and say how many were left out.
std::string evacuation_plan_text(const PlannedEvacuation& made, const World& world);

/// The same of the wards of hospitals: who is brought where, from when, by when, in how many trips,
/// and for whom there is no bed. Empty where no hospital leaves.
std::string ward_plan_text(const evacuation::WardPlan& made, const World& world);

}  // namespace kontwin
