#include "scenarios/evacuation/plan/contraflow.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kontwin::evacuation {

namespace {

constexpr double worth_it = 0.99;

double length_m(const World& world, const RoadPlanNetwork& roads, std::uint32_t arc) {
  double sum = 0;
  for (const std::uint32_t road : roads.roads_of(arc)) {
    sum += world.entities(Kind::road).attribute(road_attribute::length_m, road);
  }
  return sum;
}

/// The arcs that hold everything back, the fullest first, whose opposite nobody needs.
std::vector<std::uint32_t> candidates(const RoutedPlan& plan, const RoadPlanNetwork& roads) {
  std::vector<std::uint8_t> used(roads.timed.arcs(), 0);
  for (const RoutedGroup& group : plan.routing.routes.groups) {
    for (const std::uint32_t arc : group.arcs) used[arc] = 1;
  }
  std::vector<std::uint32_t> arcs;
  for (std::uint32_t arc = 0; arc < roads.timed.arcs(); ++arc) {
    const std::uint32_t back = roads.opposite[arc];
    if (plan.bound.full_share[arc] > 0 && back != no_row && used[back] == 0 &&
        roads.timed.capacity_ps[arc] > 0 && roads.timed.capacity_ps[back] > 0) {
      arcs.push_back(arc);
    }
  }
  std::ranges::stable_sort(arcs, [&](std::uint32_t a, std::uint32_t b) {
    return plan.bound.full_share[a] > plan.bound.full_share[b];
  });
  return arcs;
}

}  // namespace

RoutedPlan route_with_contraflow(const World& world, const PlanInputs& inputs,
                                 RoadPlanNetwork& roads, const DriveTimes& times,
                                 const ShelterAllocation& allocation, const PlanOptions& options) {
  RoutedPlan best;
  best.routing = route(inputs, roads, times, allocation, options);
  best.bound = plan_bound(roads, inputs, best.routing.people(), best.routing.routes.done_s);
  double left_m = options.contraflow_km * 1000;
  while (left_m > 0) {
    const std::vector<double> before = roads.timed.capacity_ps;
    const std::vector<double> any_before = roads.any_capacity_ps;
    RoutedPlan next;
    next.turned = best.turned;
    double turned_m = 0;
    for (const std::uint32_t arc : candidates(best, roads)) {
      const double more_m = length_m(world, roads, arc);
      if (turned_m + more_m > left_m) continue;
      const std::uint32_t back = roads.opposite[arc];
      if (roads.timed.capacity_ps[back] == 0) continue;  // its other side was turned just now
      turned_m += more_m;
      for (auto* capacity : {&roads.timed.capacity_ps, &roads.any_capacity_ps}) {
        (*capacity)[arc] += (*capacity)[back];
        (*capacity)[back] = 0;
      }
      next.turned.push_back(arc);
    }
    if (turned_m == 0) break;
    next.routing = route(inputs, roads, times, allocation, options);
    const bool better = next.routing.people() > best.routing.people() ||
                        (next.routing.people() == best.routing.people() &&
                         next.routing.routes.done_s < worth_it * best.routing.routes.done_s);
    if (!better) {
      roads.timed.capacity_ps = before;
      roads.any_capacity_ps = any_before;
      break;
    }
    next.bound = plan_bound(roads, inputs, next.routing.people(), next.routing.routes.done_s);
    left_m -= turned_m;
    best = std::move(next);
  }
  return best;
}

}  // namespace kontwin::evacuation
