#pragma once

#include <vector>

#include "scenarios/evacuation/plan/contraflow.hpp"

namespace kontwin::evacuation {

/// A bound that holds for a run, and whom it does not count.
struct LeastTime {
  double seconds = 0;          ///< 0: not known, as nobody is counted
  double on_foot_seconds = 0;  ///< where some go on without their vehicles, whatever closes
  std::vector<EntityRef>
      without;  ///< homes of those who drive and may have to leave their vehicles
};

/// The least time in which those can be in a shelter who drive, have a route in the plan and a way
/// that stays open to all of them: a run may let the others walk, or go by bus, and be faster. Over
/// roads as PlanOptions::open_until_s says, dry and at their full capacity: one that opens again is
/// open all the time for it. To shelters with all their room, and those that open later.
LeastTime least_time(const World& world, const StateTable& state, const PlanInputs& inputs,
                     const RoadPlanNetwork& roads, const RoutedPlan& routed,
                     const PlanOptions& options);

}  // namespace kontwin::evacuation
