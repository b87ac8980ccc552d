#include "scenarios/evacuation/plan/plan_routing.hpp"

#include <algorithm>
#include <cmath>

#include "twin/road_graph.hpp"

namespace kontwin::evacuation {

namespace {

// Who walks gets past a road that is closed to vehicles, as in the engine.
constexpr double wade_m = 0.5;
// What waiting for a bus counts for where shelters are given out.
constexpr double bus_penalty_s = 1800;
/// A bus comes empty and comes back, a family drives once: of two places the nearer is for those
/// who are fetched, who would otherwise stand in every queue beside those who drive, and the bus
/// twice.
constexpr double bus_ways = 2;
// What a road that closes before everyone can have passed it counts for: ways without are nearer.
constexpr double risk_s = 1e6;

std::vector<double> foot_costs(const World& world, const StateTable& state) {
  const EntityTable& table = world.entities(Kind::road);
  const auto debris = state.column(Kind::road, road_column::debris);
  const auto water = state.column(Kind::road, common_column::water_depth_m);
  std::vector<double> cost(table.size());
  for (std::uint32_t road = 0; road < table.size(); ++road) {
    const bool passable = debris[road] != 1 && !(water[road] > wade_m);
    cost[road] = passable ? table.attribute(road_attribute::length_m, road) : unreachable;
  }
  return cost;
}

/// How long each arc takes to those who would rather not use roads that close before everyone can
/// have passed them.
std::vector<double> risky_times_s(const PlanInputs& inputs, const RoadPlanNetwork& roads) {
  const TimedNetwork& timed = roads.timed;
  std::vector<double> risky_s = timed.travel_s;
  const auto closes = [](double last_s) { return last_s < never_s; };
  if (std::ranges::none_of(timed.last_entry_s, closes)) return risky_s;
  // When the first of them can be at each node.
  TimedNetwork back = timed;
  std::swap(back.from, back.to);
  std::vector<std::uint32_t> starts;
  for (const ZonePeople& zone : inputs.zones) {
    const std::uint32_t node = roads.start_at(zone.junction);
    if (node != no_row) starts.push_back(node);
  }
  const auto there_s = free_times_to(back, Incidence(back, Incidence::Side::in), starts);
  for (std::size_t arc = 0; arc < risky_s.size(); ++arc) {
    if (timed.last_entry_s[arc] < inputs.spare_s + there_s[timed.from[arc]]) {
      risky_s[arc] += risk_s;
    }
  }
  return risky_s;
}

}  // namespace

LastDepartures last_drives_to_shelters(const PlanInputs& inputs, const RoadPlanNetwork& roads) {
  std::vector<std::uint32_t> goals;
  for (const OpenShelter& shelter : inputs.shelters) {
    const std::uint32_t node = roads.end_at(shelter.junction);
    if (node != no_row) goals.push_back(node);
  }
  const Incidence in(roads.timed, Incidence::Side::in);
  return last_departures(roads.timed, in, goals);
}

DriveTimes drive_times(const PlanInputs& inputs, const RoadPlanNetwork& roads,
                       std::span<const std::uint32_t> junctions) {
  DriveTimes times;
  times.drive_s.resize(junctions.size());
  times.hasty.resize(junctions.size());
  for (auto& of_one : times.drive_s) of_one.assign(inputs.shelters.size(), never_s);
  for (auto& of_one : times.hasty) of_one.assign(inputs.shelters.size(), 0);
  TimedNetwork risky = roads.timed;
  risky.travel_s = risky_times_s(inputs, roads);
  const Incidence in(risky, Incidence::Side::in);
  for (std::size_t shelter = 0; shelter < inputs.shelters.size(); ++shelter) {
    const std::uint32_t node = roads.end_at(inputs.shelters[shelter].junction);
    if (node == no_row) continue;
    const auto drive_s = free_times_to(risky, in, std::span(&node, 1));
    for (std::size_t i = 0; i < junctions.size(); ++i) {
      const std::uint32_t from = roads.start_at(junctions[i]);
      if (from == no_row || drive_s[from] == never_s) continue;
      const double closing = std::floor(drive_s[from] / risk_s);
      times.drive_s[i][shelter] = drive_s[from] - closing * risk_s;
      times.hasty[i][shelter] = static_cast<std::uint8_t>(std::min(closing, 255.0));
    }
  }
  return times;
}

std::vector<std::vector<double>> walk_times(const World& world, const StateTable& state,
                                            const PlanInputs& inputs,
                                            std::span<const std::uint32_t> junctions,
                                            const PlanOptions& options) {
  std::vector<std::vector<double>> times(junctions.size());
  for (auto& of_one : times) of_one.assign(inputs.shelters.size(), never_s);
  const RoadGraph graph(world.entities(Kind::junction).size(), world.roads());
  const std::vector<double> foot_m = foot_costs(world, state);
  const auto& places = world.entities(Kind::junction).place;
  const double limit_m = options.households.walk_limit_km * 1000;
  for (std::size_t shelter = 0; shelter < inputs.shelters.size(); ++shelter) {
    const std::uint32_t goal = inputs.shelters[shelter].junction;
    if (goal == no_row) continue;
    const auto may_walk = [&](std::uint32_t from) {
      return from != no_row && distance_m(places[from], places[goal]) <= limit_m;
    };
    if (std::ranges::none_of(junctions, may_walk)) continue;
    const RouteTree tree = graph.routes_to(std::span(&goal, 1), foot_m);
    for (std::size_t i = 0; i < junctions.size(); ++i) {
      if (!may_walk(junctions[i]) || !(tree.cost[junctions[i]] <= limit_m)) continue;
      times[i][shelter] = tree.cost[junctions[i]] / options.households.walk_speed_mps;
    }
  }
  return times;
}

PlanTimes plan_times(const World& world, const StateTable& state, PlanInputs& inputs,
                     const RoadPlanNetwork& roads, const PlanOptions& options) {
  std::vector<std::uint32_t> junctions;
  for (const ZonePeople& zone : inputs.zones) junctions.push_back(zone.junction);
  PlanTimes times{drive_times(inputs, roads, junctions), {}};
  for (std::uint32_t zone = 0; zone < inputs.zones.size(); ++zone) {
    const bool drives =
        std::ranges::any_of(times.drive_s[zone], [](double s) { return s < never_s; });
    if (!drives) inputs.leave_vehicles(zone);
    if (inputs.zones[zone].on_foot == 0) junctions[zone] = no_row;
  }
  times.walk_s = walk_times(world, state, inputs, junctions, options);
  return times;
}

ShelterAllocation allocate(const PlanInputs& inputs, const PlanTimes& times,
                           const PlanOptions& options) {
  const auto zones = static_cast<std::uint32_t>(inputs.zones.size());
  std::vector<std::uint32_t> people, room;
  for (const ZonePeople& zone : inputs.zones) people.push_back(zone.driving);
  for (const ZonePeople& zone : inputs.zones) people.push_back(zone.on_foot);
  for (const ZonePeople& zone : inputs.zones) people.push_back(zone.fetched);
  for (const OpenShelter& shelter : inputs.shelters) room.push_back(shelter.planned_room);
  std::vector<double> mixed(room.size());
  return allocate_shelters(people, room, [&](std::uint32_t group) -> std::span<const double> {
    const bool drives = group < zones;
    const bool may_walk = !drives && group < 2 * zones;
    const std::uint32_t zone = group % zones;
    for (std::size_t shelter = 0; shelter < room.size(); ++shelter) {
      const bool walks = may_walk && times.walk_s[zone][shelter] < never_s;
      const bool buses = options.buses > 0;
      mixed[shelter] = walks    ? times.walk_s[zone][shelter]
                       : drives ? times.drive_s[zone][shelter]
                       : buses  ? bus_ways * times.drive_s[zone][shelter] + bus_penalty_s
                                : never_s;
      if (!walks) mixed[shelter] += risk_s * times.hasty[zone][shelter];
    }
    return mixed;
  });
}

std::uint32_t Routing::people() const {
  std::uint32_t sum = 0;
  for (const RoutedGroup& group : routes.groups) sum += group.people;
  return sum;
}

namespace {

Routing route_by(ShelterChoice choice, const PlanInputs& inputs, const RoadPlanNetwork& roads,
                 const DriveTimes& times, const ShelterAllocation& allocation,
                 const PlanOptions& options) {
  const auto zones = static_cast<std::uint32_t>(inputs.zones.size());
  Routing made;
  made.choice = choice;
  std::vector<RouteGoal> goals;
  // A shelter that no road leads to has no room for those who drive.
  for (const OpenShelter& shelter : inputs.shelters) {
    const std::uint32_t node = roads.end_at(shelter.junction);
    goals.push_back({node == no_row ? 0 : node, node == no_row ? 0 : shelter.planned_room});
  }
  for (const Allotment& one : allocation.allotments) {
    if (one.group < zones) continue;
    std::uint32_t& room = goals[one.shelter].room;
    room -= std::min(room, one.people);
  }
  // Those whose last way closes have the road to themselves first.
  const std::vector<double> last_s = last_drives_to_shelters(inputs, roads).at_s;
  std::vector<RouteDemand> demands;
  const auto add = [&](std::uint32_t zone, std::uint32_t people, std::uint32_t goal) {
    const ZonePeople& home = inputs.zones[zone];
    const std::uint32_t node = roads.start_at(home.junction);
    if (people == 0 || node == no_row) return;
    demands.push_back({node, people, double(home.units) / home.driving, home.ready_s, goal,
                       inputs.spare_s, last_s[node] < never_s});
    made.zone.push_back(zone);
  };
  if (choice == ShelterChoice::nearest) {
    for (const Allotment& one : allocation.allotments) {
      if (one.group < zones) add(one.group, one.people, one.shelter);
    }
  } else {
    // Those who have to hurry go where they meet the fewest roads that close, not where a group
    // that sets out at once would be first.
    const auto hurries = [&](std::uint32_t zone) {
      const auto& hasty = times.hasty[zone];
      return std::ranges::none_of(hasty, [](std::uint8_t closing) { return closing == 0; });
    };
    for (std::uint32_t zone = 0; zone < zones; ++zone) {
      if (!hurries(zone)) add(zone, inputs.zones[zone].driving, any_goal);
    }
    for (const Allotment& one : allocation.allotments) {
      if (one.group < zones && hurries(one.group)) add(one.group, one.people, one.shelter);
    }
  }
  made.routes = plan_routes(roads.timed, demands, goals,
                            {.step_s = options.step_s, .horizon_s = options.horizon_h * 3600});
  return made;
}

}  // namespace

Routing route(const PlanInputs& inputs, const RoadPlanNetwork& roads, const DriveTimes& times,
              const ShelterAllocation& allocation, const PlanOptions& options) {
  if (options.choice != ShelterChoice::best) {
    return route_by(options.choice, inputs, roads, times, allocation, options);
  }
  Routing nearest = route_by(ShelterChoice::nearest, inputs, roads, times, allocation, options);
  Routing earliest = route_by(ShelterChoice::earliest, inputs, roads, times, allocation, options);
  const std::uint32_t a = nearest.people();
  const std::uint32_t b = earliest.people();
  if (a != b) return a > b ? std::move(nearest) : std::move(earliest);
  return nearest.routes.done_s <= earliest.routes.done_s ? std::move(nearest) : std::move(earliest);
}

}  // namespace kontwin::evacuation
