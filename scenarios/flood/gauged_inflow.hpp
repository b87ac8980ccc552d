#pragma once

#include "twin/forcing.hpp"
#include "twin/world.hpp"

namespace kontwin::flood {

/// The discharge that a gauged inflow brings to its inlet, m³/s: the stages that its gauge saw,
/// through the rating of the river there (flood/rating.hpp), later by the way to the inlet; beyond
/// the last stage by its trend, never below 0. Throws ScenarioError where the gauge is not there or
/// saw nothing.
TimeSeries gauged_discharge(const World& world, const Forcing& forcing, const Inflow& inflow);

}  // namespace kontwin::flood
