#pragma once

#include <span>
#include <vector>

#include "scenarios/evacuation/plan/plan_inputs.hpp"
#include "scenarios/evacuation/plan/road_plan_network.hpp"
#include "scenarios/evacuation/plan/route_planner.hpp"
#include "scenarios/evacuation/plan/shelter_allocation.hpp"

namespace kontwin::evacuation {

/// The last moment at which one may set out from each place and still drive to some shelter. [node]
LastDepartures last_drives_to_shelters(const PlanInputs& inputs, const RoadPlanNetwork& roads);

/// How long everyone takes to each shelter by road when nobody is in the way. [from][shelter]
struct DriveTimes {
  std::vector<std::vector<double>> drive_s;  ///< never_s where there is no way
  /// Roads on that way that close before everyone can have passed them (PlanInputs::spare_s): the
  /// way is one with the fewest of them, and of those the fastest.
  std::vector<std::vector<std::uint8_t>> hasty;
};
/// And on foot.
struct PlanTimes : DriveTimes {
  std::vector<std::vector<double>> walk_s;  ///< never_s where there is no way, or too long a one
};
/// Of the zones. Those whom no road leads away from leave their vehicles, as in the engine.
PlanTimes plan_times(const World& world, const StateTable& state, PlanInputs& inputs,
                     const RoadPlanNetwork& roads, const PlanOptions& options);
/// The same from any junctions (no_row: none).
DriveTimes drive_times(const PlanInputs& inputs, const RoadPlanNetwork& roads,
                       std::span<const std::uint32_t> junctions);
std::vector<std::vector<double>> walk_times(const World& world, const StateTable& state,
                                            const PlanInputs& inputs,
                                            std::span<const std::uint32_t> junctions,
                                            const PlanOptions& options);

/// Who goes where when the sum of times counts: those who drive (groups 0 to zones), then those
/// without a vehicle (zones to 2 zones), who walk or wait for a bus, then those who need help (2 to
/// 3 zones), who wait for one.
ShelterAllocation allocate(const PlanInputs& inputs, const PlanTimes& times,
                           const PlanOptions& options);

/// Routes and departures of those who drive.
struct Routing {
  RoutePlan routes;
  std::vector<std::uint32_t> zone;  ///< [demand]
  ShelterChoice choice = ShelterChoice::nearest;
  std::uint32_t people() const;  ///< who have a route
};
/// By the option's choice; of both the one that leaves fewer behind, or else is done first.
Routing route(const PlanInputs& inputs, const RoadPlanNetwork& roads, const DriveTimes& times,
              const ShelterAllocation& allocation, const PlanOptions& options);

}  // namespace kontwin::evacuation
