#include "scenarios/evacuation/plan/make_plan.hpp"

#include "scenarios/evacuation/plan/plan_assembly.hpp"

namespace kontwin {

PlannedEvacuation make_plan(const World& world, const StateTable& state,
                            std::span<const OrderedHome> homes,
                            std::span<const std::uint32_t> shelters, const PlanOptions& options) {
  using namespace evacuation;
  PlanInputs inputs = plan_inputs(world, state, homes, shelters, options);
  std::vector<std::uint32_t> ends;
  for (const ZonePeople& zone : inputs.zones) ends.push_back(zone.junction);
  for (const OpenShelter& shelter : inputs.shelters) ends.push_back(shelter.junction);
  RoadPlanNetwork roads = road_plan_network(world, state, ends,
                                            {.kinds = inputs.kinds,
                                             .slowest_mps = inputs.slowest_mps,
                                             .fastest_mps = inputs.fastest_mps,
                                             .closes_s = options.closes_s});
  const PlanTimes times = plan_times(world, state, inputs, roads, options);
  const Landings landings = find_landings(world, state, inputs, roads, options);
  const ShelterAllocation allocation = allocate(inputs, times, options);
  const RoutedPlan routed = route_with_contraflow(world, inputs, roads, allocation, options);
  PlanAssembly assembly(inputs, roads, times, options);
  assembly.add_routes(routed);
  assembly.add_those_without_vehicle(allocation);
  assembly.add_boats(allocation, landings);
  assembly.add_left_behind();
  assembly.add_last_departures();
  return assembly.finish();
}

}  // namespace kontwin
