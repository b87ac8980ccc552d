#pragma once

#include "scenarios/evacuation/plan/evacuation_plan.hpp"
#include "scenarios/evacuation/plan/plan_inputs.hpp"
#include "scenarios/evacuation/plan/road_plan_network.hpp"

namespace kontwin::evacuation {

/// Adds to a plan what holds for everyone, so that it is of use to others than those it counts on:
/// which roads close when, and the safety time; which shelters beyond roads that close are for
/// whoever is there first, as nobody, or few, are sent to them; and that those of a home who come
/// beyond the number planned for go where the last of their neighbours are sent, up to as many as
/// live there.
void add_announcements(EvacuationPlan& plan, const PlanInputs& inputs, const RoadPlanNetwork& roads,
                       const PlanOptions& options);

}  // namespace kontwin::evacuation
