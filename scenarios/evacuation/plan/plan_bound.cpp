#include "scenarios/evacuation/plan/plan_bound.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "scenarios/evacuation/households.hpp"
#include "scenarios/evacuation/plan/time_expansion.hpp"
#include "scenarios/traffic/demand/vehicle_type.hpp"

namespace kontwin::evacuation {

namespace {

constexpr double steps_of_a_plan = 60;
// What sums of seconds may be off by.
constexpr double slack_s = 1e-6;

Step steps(double seconds, double step_s) {
  return static_cast<Step>(std::floor(std::max(0.0, seconds + slack_s) / step_s));
}

}  // namespace

namespace {

/// What is counted: units of capacity, with rooms as those who take the most of it would fill them;
/// or people, with roads as those who take the least of it would fill them.
enum class Counted : std::uint8_t { units, people };

/// Roads at their best for the fastest vehicle.
TimedNetwork at_best(const RoadPlanNetwork& roads) {
  TimedNetwork fastest = roads.timed;
  fastest.travel_s = roads.fastest_s;
  fastest.capacity_ps = roads.any_capacity_ps;
  fastest.last_entry_s = roads.fastest_last_entry_s;
  return fastest;
}

/// `fastest` begins with the arcs of `roads`.
PlanBound bound_by(Counted counted, const RoadPlanNetwork& roads, const TimedNetwork& fastest,
                   double units_each, const PlanInputs& inputs, std::uint64_t wanted,
                   double done_s) {
  const bool by_people = counted == Counted::people;
  const double of_a_unit = by_people ? 1 / units_each : 1;
  const TimedNetwork& timed = roads.timed;
  PlanBound bound;
  bound.full_share.assign(timed.arcs(), 0);
  bound.full_rooms.assign(inputs.shelters.size(), 0);
  std::vector<std::uint32_t> goals;
  for (const OpenShelter& shelter : inputs.shelters) {
    const std::uint32_t node = roads.end_at(shelter.junction);
    if (node != no_row) goals.push_back(node);
  }
  if (goals.empty() || wanted == 0) return bound;
  const auto ahead_s = free_times_to(fastest, Incidence(fastest, Incidence::Side::in), goals);

  const double step_s = std::max(1.0, done_s / steps_of_a_plan);
  Transshipment problem;
  problem.network.nodes = timed.nodes;
  std::vector<std::uint32_t> arc_of;
  for (std::uint32_t arc = 0; arc < fastest.arcs(); ++arc) {
    const double from_s = ahead_s[fastest.from[arc]];
    const double to_s = ahead_s[fastest.to[arc]];
    if (from_s == never_s || to_s == never_s || !(fastest.capacity_ps[arc] > 0)) continue;
    const double last_s = fastest.last_entry_s[arc] + from_s;
    if (last_s < from_s) continue;
    const bool closes = last_s < 1e8;
    problem.network.add(
        fastest.from[arc], fastest.to[arc],
        static_cast<Amount>(std::ceil(fastest.capacity_ps[arc] * of_a_unit * step_s - 1e-9)),
        steps(fastest.travel_s[arc] - from_s + to_s, step_s),
        closes ? steps(last_s, step_s) : never_closes);
    arc_of.push_back(arc);
  }
  for (const ZonePeople& zone : inputs.zones) {
    const std::uint32_t node = roads.start_at(zone.junction);
    if (node == no_row || ahead_s[node] == never_s || zone.units == 0) continue;
    problem.supplies.push_back({node, static_cast<Amount>(by_people ? zone.driving : zone.units),
                                steps(ahead_s[node] + zone.ready_s, step_s)});
  }
  std::vector<std::size_t> room_of;
  for (std::size_t shelter = 0; shelter < inputs.shelters.size(); ++shelter) {
    const std::uint32_t node = roads.end_at(inputs.shelters[shelter].junction);
    if (node == no_row) continue;
    const std::uint32_t room = inputs.shelters[shelter].room;
    problem.rooms.push_back(
        {node, static_cast<Amount>(by_people ? room : inputs.most_units(room))});
    room_of.push_back(shelter);
  }
  const auto horizon = static_cast<Step>(std::ceil(done_s / step_s)) + 2;
  const auto quickest = quickest_transshipment(problem, horizon, static_cast<Amount>(wanted));
  bound.seconds = quickest.last * step_s;
  for (std::size_t i = 0; i < arc_of.size() && quickest.last > 0; ++i) {
    if (arc_of[i] >= timed.arcs()) continue;
    bound.full_share[arc_of[i]] = double(quickest.full_steps[i]) / quickest.last;
  }
  for (std::size_t i = 0; i < room_of.size(); ++i) {
    bound.full_rooms[room_of[i]] = quickest.full_rooms[i];
  }
  return bound;
}

}  // namespace

PlanBound plan_bound(const RoadPlanNetwork& roads, const PlanInputs& inputs, std::uint32_t people,
                     double done_s) {
  const TimedNetwork fastest = at_best(roads);
  const double each = inputs.least_units_each();
  PlanBound by_units =
      bound_by(Counted::units, roads, fastest, each, inputs, inputs.least_units(people), done_s);
  PlanBound by_people = bound_by(Counted::people, roads, fastest, each, inputs, people, done_s);
  return by_units.seconds >= by_people.seconds ? std::move(by_units) : std::move(by_people);
}

double bound_on_foot(const RoadPlanNetwork& roads, const PlanInputs& inputs, std::uint32_t people,
                     double done_s, std::span<const double> length_m, double fastest_mps) {
  // More than everyone in a second, and small enough to be counted over days.
  const double all_at_once = 100.0 * (people + 1);
  TimedNetwork fastest = at_best(roads);
  for (std::uint32_t arc = 0; arc < roads.timed.arcs(); ++arc) {
    double arc_m = 0;
    for (const std::uint32_t road : roads.roads_of(arc)) arc_m += length_m[road];
    fastest.add(fastest.from[arc], fastest.to[arc], arc_m / fastest_mps, all_at_once);
  }
  // Who walks turns wherever he or she likes.
  std::map<std::uint32_t, std::uint32_t> node_at;
  for (std::uint32_t node = 0; node < fastest.nodes; ++node) {
    const auto [first, is_new] = node_at.try_emplace(roads.junction[node], node);
    if (is_new) continue;
    fastest.add(first->second, node, 0, all_at_once);
    fastest.add(node, first->second, 0, all_at_once);
  }
  using traffic::VehicleKind;
  const traffic::VehicleType& bus =
      traffic::standard_vehicle_types()[static_cast<std::size_t>(VehicleKind::bus)];
  const double bus_each = double(traffic::car_hundredths(bus.flow_pcu)) / coach_places;
  const double each = std::min(inputs.least_units_each(), bus_each);
  return bound_by(Counted::people, roads, fastest, each, inputs, people, done_s).seconds;
}

}  // namespace kontwin::evacuation
