#pragma once

#include <vector>

#include "scenarios/evacuation/plan/plan_bound.hpp"
#include "scenarios/evacuation/plan/plan_routing.hpp"

namespace kontwin::evacuation {

/// Routes, what they cannot beat, and the roads that were turned round for them.
struct RoutedPlan {
  Routing routing;
  PlanBound bound;
  std::vector<std::uint32_t> turned;  ///< arcs whose opposite runs their way too
};

/// Routes for those who drive; then, while `contraflow_km` lasts, turns round the roads opposite to
/// those that hold everything back (a minimum cut of the bound) and that no route uses, and keeps
/// them so where the plan is done at least one in a hundred sooner. Changes the capacities of
/// `roads` to what they are in the end.
RoutedPlan route_with_contraflow(const World& world, const PlanInputs& inputs,
                                 RoadPlanNetwork& roads, const DriveTimes& times,
                                 const ShelterAllocation& allocation, const PlanOptions& options);

}  // namespace kontwin::evacuation
