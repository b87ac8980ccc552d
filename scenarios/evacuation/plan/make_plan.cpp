#include "scenarios/evacuation/plan/make_plan.hpp"

#include <utility>

#include "scenarios/evacuation/plan/least_time.hpp"
#include "scenarios/evacuation/plan/plan_announcements.hpp"
#include "scenarios/evacuation/plan/plan_assembly.hpp"

namespace kontwin {

namespace {

using namespace evacuation;

/// Who goes where and how, and the roads as it leaves them.
struct Arranged {
  RoadPlanNetwork roads;
  ShelterAllocation allocation;
  RoutedPlan routed;

  /// Those with a shelter, however they get there.
  std::uint64_t people(const PlanInputs& inputs) const {
    std::uint64_t sum = routed.routing.people();
    for (const Allotment& one : allocation.allotments) {
      if (one.group >= inputs.zones.size()) sum += one.people;
    }
    return sum;
  }
};

Arranged arrange(const World& world, const PlanInputs& inputs, RoadPlanNetwork roads,
                 const PlanTimes& times, const PlanOptions& options) {
  Arranged made;
  made.roads = std::move(roads);
  made.allocation = allocate(inputs, times, options);
  made.routed = route_with_contraflow(world, inputs, made.roads, times, made.allocation, options);
  return made;
}

std::uint64_t everyone(const PlanInputs& inputs) {
  std::uint64_t sum = 0;
  for (const ZonePeople& zone : inputs.zones) sum += zone.driving + zone.on_foot + zone.fetched;
  return sum;
}

}  // namespace

PlannedEvacuation make_plan(const World& world, const StateTable& state,
                            std::span<const OrderedHome> homes,
                            std::span<const std::uint32_t> shelters, const PlanOptions& options) {
  PlanInputs inputs = plan_inputs(world, state, homes, shelters, options);
  std::vector<std::uint32_t> ends;
  for (const ZonePeople& zone : inputs.zones) ends.push_back(zone.junction);
  for (const OpenShelter& shelter : inputs.shelters) ends.push_back(shelter.junction);
  const std::vector<double> measured_ps = inputs.measured_ps(options.measured_vph);
  const RoadPlanNetwork roads = road_plan_network(world, state, ends,
                                                  {.kinds = inputs.kinds,
                                                   .slowest_mps = inputs.slowest_mps,
                                                   .fastest_mps = inputs.fastest_mps,
                                                   .closes_s = options.closes_s,
                                                   .measured_ps = measured_ps});
  const PlanTimes times = plan_times(world, state, inputs, roads, options);
  const Landings landings = find_landings(world, state, inputs, roads, options);
  Arranged made = arrange(world, inputs, roads, times, options);
  if (options.room_reserve > 0 && made.people(inputs) < everyone(inputs)) {
    // Nobody is left behind for the sake of a reserve.
    PlanInputs whole = inputs;
    for (OpenShelter& shelter : whole.shelters) shelter.planned_room = shelter.room;
    Arranged to_the_last = arrange(world, whole, roads, times, options);
    if (to_the_last.people(inputs) > made.people(inputs)) made = std::move(to_the_last);
  }
  PlanAssembly assembly(inputs, made.roads, times, options);
  assembly.add_routes(made.routed);
  assembly.add_bound(least_time(world, state, inputs, made.roads, made.routed, options));
  assembly.add_those_without_vehicle(made.allocation);
  assembly.add_boats(made.allocation, landings);
  assembly.add_left_behind();
  assembly.add_last_departures();
  PlannedEvacuation planned = assembly.finish();
  add_announcements(planned.plan, inputs, made.roads, options);
  return planned;
}

}  // namespace kontwin
