#include "scenarios/evacuation/plan/least_time.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/plan/plan_routing.hpp"
#include "scenarios/traffic/demand/vehicle_type.hpp"

namespace kontwin::evacuation {

namespace {

/// [zone] whether a way to a shelter stays open to all kinds of vehicles.
std::vector<std::uint8_t> keep_a_way(const PlanInputs& inputs, const RoadPlanNetwork& roads) {
  const LastDepartures last = last_drives_to_shelters(inputs, roads);
  std::vector<std::uint8_t> keep;
  for (const ZonePeople& zone : inputs.zones) {
    const std::uint32_t node = roads.start_at(zone.junction);
    keep.push_back(node != no_row && last.at_s[node] == never_s ? 1 : 0);
  }
  return keep;
}

/// The roads at their best.
StateTable eased(const World& world, const StateTable& state) {
  StateTable best = state;
  const StateTable rest(world);
  for (const std::size_t column :
       {std::size_t{road_column::open}, std::size_t{road_column::debris},
        std::size_t{common_column::water_depth_m}, std::size_t{common_column::impassable_for}}) {
    std::ranges::copy(rest.column(Kind::road, column), best.column(Kind::road, column).begin());
  }
  // Not known means as usual.
  for (double& factor : best.column(Kind::road, road_column::capacity_factor)) {
    if (factor < 1) factor = 1;
  }
  const auto limits = rest.column(Kind::road, road_column::speed_limit_mps);
  const auto lowered = best.column(Kind::road, road_column::speed_limit_mps);
  for (std::size_t road = 0; road < limits.size(); ++road) {
    if (!(lowered[road] > limits[road])) lowered[road] = limits[road];
  }
  return best;
}

/// All shelters with the room they have left, be they open or not.
void open_later(PlanInputs& inputs, const World& world, const StateTable& state,
                std::span<const std::uint32_t> later) {
  for (const std::uint32_t row : later) {
    if (std::ranges::count(inputs.shelters, row, &OpenShelter::shelter) > 0) continue;
    const EntityRef ref{Kind::shelter, row};
    const double places = world.entities(Kind::shelter).attribute(shelter_attribute::places, row);
    const double inside = state.at(ref, shelter_column::occupants);
    const double room = places - (inside > 0 ? inside : 0);
    if (!(room >= 1)) continue;
    const auto whole = static_cast<std::uint32_t>(std::min(4e9, room));
    inputs.shelters.push_back({row, world.junction_of(ref), whole, whole});
  }
}

/// What is turned round in the plan's roads is so in others, too.
void turn_round(RoadPlanNetwork& best, const RoadPlanNetwork& roads, const RoutedPlan& routed) {
  std::vector<std::uint32_t> turned;
  for (const std::uint32_t arc : routed.turned) {
    const auto some = roads.roads_of(arc);
    turned.insert(turned.end(), some.begin(), some.end());
  }
  std::ranges::sort(turned);
  const std::vector<double> before = best.any_capacity_ps;
  for (std::uint32_t arc = 0; arc < best.timed.arcs(); ++arc) {
    const auto is_turned = [&turned](std::uint32_t road) {
      return std::ranges::binary_search(turned, road);
    };
    const std::uint32_t back = best.opposite[arc];
    if (back == no_row || std::ranges::none_of(best.roads_of(arc), is_turned)) continue;
    // The other direction keeps its own: nobody is slower for that.
    best.any_capacity_ps[arc] += before[back];
  }
}

}  // namespace

LeastTime least_time(const World& world, const StateTable& state, const PlanInputs& inputs,
                     const RoadPlanNetwork& roads, const RoutedPlan& routed,
                     const PlanOptions& options) {
  LeastTime least;
  const auto keep = keep_a_way(inputs, roads);
  PlanInputs counted = inputs;
  for (std::uint32_t zone = 0; zone < keep.size(); ++zone) {
    if (keep[zone] != 0 || inputs.zones[zone].driving == 0) continue;
    least.without.push_back(inputs.zones[zone].home);
    counted.leave_vehicles(zone);
  }
  std::uint32_t people = 0;
  for (const RoutedGroup& group : routed.routing.routes.groups) {
    if (keep[routed.routing.zone[group.demand]] != 0) people += group.people;
  }
  if (people == 0) return least;
  const double done_s = routed.routing.routes.done_s;
  PlanInputs with_later = counted;
  open_later(with_later, world, state, options.open_later);
  std::vector<std::uint32_t> ends;
  for (const ZonePeople& zone : with_later.zones) ends.push_back(zone.junction);
  for (const OpenShelter& shelter : with_later.shelters) ends.push_back(shelter.junction);
  const auto turned_round = [&](RoadPlanNetwork best) {
    turn_round(best, roads, routed);
    return best;
  };
  const StateTable dry = eased(world, state);
  const EvacuationOptions& fleet = options.households;
  const double fastest_mps =
      std::max(fleet.walk_speed_mps, fleet.boats > 0 ? fleet.boat_speed_kmh / 3.6 : 0);
  using traffic::VehicleKind;
  const double bus_mps =
      traffic::standard_vehicle_types()[static_cast<std::size_t>(VehicleKind::bus)].top_speed_mps;
  const auto kinds =
      static_cast<traffic::VehicleKinds>(inputs.kinds | traffic::bit_of(VehicleKind::bus));
  least.on_foot_seconds = bound_on_foot(
      turned_round(road_plan_network(world, dry, ends,
                                     {.kinds = kinds,
                                      .slowest_mps = inputs.slowest_mps,
                                      .fastest_mps = std::max(inputs.fastest_mps, bus_mps)})),
      with_later, people, done_s, world.entities(Kind::road).column(road_attribute::length_m),
      fastest_mps);
  const bool as_planned = options.open_until_s.empty() && options.open_later.empty();
  if (as_planned) {
    least.seconds = least.without.empty() ? routed.bound.seconds
                                          : plan_bound(roads, counted, people, done_s).seconds;
  } else {
    const bool reopens = !options.open_until_s.empty();
    const RoadPlanNetwork best = turned_round(
        road_plan_network(world, reopens ? dry : state, ends,
                          {.kinds = inputs.kinds,
                           .slowest_mps = inputs.slowest_mps,
                           .fastest_mps = inputs.fastest_mps,
                           .closes_s = reopens ? options.open_until_s : options.closes_s}));
    least.seconds = plan_bound(best, with_later, people, done_s).seconds;
  }
  // What holds for everyone holds for those who drive.
  least.seconds = std::max(least.seconds, least.on_foot_seconds);
  return least;
}

}  // namespace kontwin::evacuation
