#pragma once

#include <span>
#include <vector>

#include "scenarios/evacuation/plan/plan_inputs.hpp"
#include "scenarios/evacuation/plan/road_plan_network.hpp"

namespace kontwin::evacuation {

/// What no plan can beat, and what holds it back.
struct PlanBound {
  double seconds = 0;
  std::vector<double> full_share;        ///< [arc] of that time, in which it is full
  std::vector<std::uint8_t> full_rooms;  ///< [shelter of the inputs]
};

/// The least time in which so many people, in vehicles of their own, can be brought from the zones
/// to shelters: a quickest transshipment over a time expansion of some sixty steps, in which every
/// rounding is to the side that makes it faster. So that travel times need hardly any, moments at
/// each node are counted from when one would have to pass there to be at the nearest shelter at the
/// start. People take capacity by their vehicles and room by heads, which one flow cannot count at
/// once: the larger of two bounds counts, one in units of capacity and one in people. `done_s`: a
/// plan that is known to be possible.
PlanBound plan_bound(const RoadPlanNetwork& roads, const PlanInputs& inputs, std::uint32_t people,
                     double done_s);

/// The same where all may go on without their vehicles, at any junction and in any number at once.
/// People are counted by heads, with roads as a full bus would use them where that takes less. The
/// roads have to be those that are open at the best of times. `fastest_mps`: on foot or by boat,
/// whichever is faster; `length_m`: [road].
double bound_on_foot(const RoadPlanNetwork& roads, const PlanInputs& inputs, std::uint32_t people,
                     double done_s, std::span<const double> length_m, double fastest_mps);

}  // namespace kontwin::evacuation
