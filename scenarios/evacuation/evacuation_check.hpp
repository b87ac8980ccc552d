#pragma once

#include "scenarios/evacuation/evacuation_options.hpp"
#include "twin/world.hpp"

namespace kontwin::evacuation {

/// The options as they are. Throws ScenarioError where one is out of its range.
EvacuationOptions checked(const EvacuationOptions& options);

/// Throws ScenarioError where a plan names a residence, a shelter or a road that the world does not
/// have, sends nobody, or gives a route that does not lead from the residence to the shelter.
void check(const EvacuationPlan& plan, const World& world);

}  // namespace kontwin::evacuation
