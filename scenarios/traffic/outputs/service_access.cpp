#include "scenarios/traffic/outputs/service_access.hpp"

#include <algorithm>
#include <map>

#include "scenarios/traffic/route_states.hpp"

namespace kontwin::traffic {

namespace {

/// Minutes from each junction to the nearest site; `unreachable` where there is no way.
std::vector<double> minutes_to(const World& world, Kind service, const Network& network,
                               const RouteStates& states, std::span<const double> link_s,
                               std::span<const double> edge_s) {
  std::vector<double> minutes(network.junctions(), unreachable);
  std::vector<std::uint32_t> ends;
  for (std::uint32_t row = 0; row < world.entities(service).size(); ++row) {
    const std::uint32_t junction = world.junction_of({service, row});
    if (junction == no_row) continue;
    minutes[junction] = 0;
    for (const std::uint32_t link : network.in_links(junction)) {
      ends.push_back(states.of_link[link]);
    }
  }
  std::ranges::sort(ends);
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  if (ends.empty()) return minutes;
  const RouteTree tree = states.graph->routes_to(ends, edge_s);
  for (std::uint32_t junction = 0; junction < network.junctions(); ++junction) {
    for (const std::uint32_t link : network.out_links(junction)) {
      const double seconds = link_s[link] + tree.cost[states.of_link[link]];
      minutes[junction] = std::min(minutes[junction], seconds / 60);
    }
  }
  return minutes;
}

}  // namespace

std::vector<ServiceAccess> service_access(const World& world, const Network& network,
                                          const VehicleType& type,
                                          std::span<const double> delay_s) {
  const RouteStates states(network);
  const std::vector<double> link_s = driving_seconds(network, type, delay_s);
  const std::vector<double> edge_s = states.edge_costs(link_s, bit_of(type.kind));

  const EntityTable& homes = world.entities(Kind::residence);
  std::vector<ServiceAccess> found;
  for (const Kind service : services) {
    if (world.entities(service).size() == 0) continue;
    const std::vector<double> minutes = minutes_to(world, service, network, states, link_s, edge_s);
    std::map<std::string, ServiceAccess> communes;
    for (std::uint32_t row = 0; row < homes.size(); ++row) {
      const double people = homes.attribute(residence_attribute::people, row);
      if (!(people > 0)) continue;
      ServiceAccess& commune = communes[homes.commune_code[row]];
      commune.people += people;
      const std::uint32_t junction = world.junction_of({Kind::residence, row});
      const double away_min = junction == no_row ? unreachable : minutes[junction];
      if (!(away_min < unreachable)) {
        commune.unreached += people;
        continue;
      }
      commune.mean_min += people * away_min;
      commune.farthest_min = std::max(commune.farthest_min, away_min);
      for (std::size_t i = 0; i < reach_minutes.size(); ++i) {
        if (away_min <= reach_minutes[i]) commune.within[i] += people;
      }
    }
    for (auto& [code, commune] : communes) {
      commune.commune_code = code;
      commune.service = service;
      const double reached = commune.people - commune.unreached;
      commune.mean_min = reached > 0 ? commune.mean_min / reached : 0;
      found.push_back(std::move(commune));
    }
  }
  std::ranges::stable_sort(found, {}, &ServiceAccess::commune_code);
  return found;
}

}  // namespace kontwin::traffic
