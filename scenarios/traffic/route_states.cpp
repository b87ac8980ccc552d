#include "scenarios/traffic/route_states.hpp"

namespace kontwin::traffic {

namespace {

bool all_turns_allowed(const Network& network, std::uint32_t junction) {
  for (const std::uint32_t in : network.in_links(junction)) {
    const std::uint32_t turns = network.turn_begin[in + 1] - network.turn_begin[in];
    if (turns != network.out_links(junction).size()) return false;
    for (std::uint32_t turn = network.turn_begin[in]; turn < network.turn_begin[in + 1]; ++turn) {
      if (network.turn_allowed[turn] != all_vehicles) return false;
    }
  }
  return true;
}

}  // namespace

RouteStates::RouteStates(const Network& network) : of_link(network.links()) {
  std::uint32_t count = 0;
  std::vector<std::uint32_t> of_junction(network.junctions(), no_row);
  for (std::uint32_t junction = 0; junction < network.junctions(); ++junction) {
    const bool one = all_turns_allowed(network, junction);
    if (one) of_junction[junction] = count++;
    for (const std::uint32_t link : network.in_links(junction)) {
      of_link[link] = one ? of_junction[junction] : count++;
    }
  }
  edges_begin.assign(network.links() + 1, 0);
  const auto add = [this](std::uint32_t from, std::uint32_t link, VehicleKinds kinds) {
    edge_kinds.push_back(kinds);
    edge_from.push_back(from);
    edge_to.push_back(of_link[link]);
    edge_link.push_back(link);
  };
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    const std::uint32_t start = network.from[link];
    if (of_junction[start] != no_row) {
      add(of_junction[start], link, all_vehicles);
    } else {
      for (const std::uint32_t before : network.in_links(start)) {
        const std::uint32_t turn = network.find_turn(before, link);
        if (turn != no_row) add(of_link[before], link, network.turn_allowed[turn]);
      }
    }
    edges_begin[link + 1] = static_cast<std::uint32_t>(edge_link.size());
  }
  RoadNetwork roads;
  roads.from = edge_from;
  roads.to = edge_to;
  graph = std::make_unique<const RoadGraph>(count, roads);
}

}  // namespace kontwin::traffic
