#pragma once

#include <vector>

#include "scenarios/evacuation/plan/plan_routing.hpp"

namespace kontwin::evacuation {

/// Where boats bring the people of each zone: the nearest junction from which a road leads to a
/// shelter for good. Boats follow the streets and the water over them, as in the engine.
struct Landings {
  std::vector<double> boat_s;  ///< [zone] one way; never_s: there is none, or no boat
  PlanTimes onward;            ///< from each landing, when nobody is in the way [zone][shelter]
};
Landings find_landings(const World& world, const StateTable& state, const PlanInputs& inputs,
                       const RoadPlanNetwork& roads, const PlanOptions& options);

}  // namespace kontwin::evacuation
