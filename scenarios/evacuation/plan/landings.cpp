#include "scenarios/evacuation/plan/landings.hpp"

#include "twin/road_graph.hpp"

namespace kontwin::evacuation {

namespace {

/// Junctions from which one can always drive to a shelter.
std::vector<std::uint32_t> open_for_good(const RoadPlanNetwork& roads, const PlanInputs& inputs) {
  const LastDepartures last = last_drives_to_shelters(inputs, roads);
  std::vector<std::uint32_t> junctions;
  for (std::uint32_t node = 0; node < roads.timed.nodes; ++node) {
    if (last.at_s[node] == never_s) junctions.push_back(roads.junction[node]);
  }
  return junctions;
}

}  // namespace

Landings find_landings(const World& world, const StateTable& state, const PlanInputs& inputs,
                       const RoadPlanNetwork& roads, const PlanOptions& options) {
  Landings found;
  found.boat_s.assign(inputs.zones.size(), never_s);
  if (!(options.boats > 0)) return found;
  const EntityTable& table = world.entities(Kind::road);
  const auto debris = state.column(Kind::road, road_column::debris);
  std::vector<double> length_m(table.size());
  for (std::uint32_t road = 0; road < table.size(); ++road) {
    length_m[road] =
        debris[road] == 1 ? unreachable : table.attribute(road_attribute::length_m, road);
  }
  const RoadGraph graph(world.entities(Kind::junction).size(), world.roads());
  const RouteTree ways = graph.routes_to(open_for_good(roads, inputs), length_m);
  const double speed_mps = options.households.boat_speed_kmh / 3.6;
  std::vector<std::uint32_t> landings(inputs.zones.size(), no_row);
  for (std::size_t zone = 0; zone < inputs.zones.size(); ++zone) {
    std::uint32_t at = inputs.zones[zone].junction;
    // Who is at a landing needs no boat.
    if (at == no_row || ways.cost[at] == 0 || !(ways.cost[at] < unreachable)) continue;
    found.boat_s[zone] = ways.cost[at] / speed_mps;
    while (ways.link[at] != no_row) at = graph.to(ways.link[at]);
    landings[zone] = at;
  }
  found.onward = {drive_times(inputs, roads, landings),
                  walk_times(world, state, inputs, landings, options)};
  return found;
}

}  // namespace kontwin::evacuation
