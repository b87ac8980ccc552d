#include "scenarios/traffic/outputs/accessibility.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/traffic/route_states.hpp"
#include "twin/geometry.hpp"

namespace kontwin::traffic {

namespace {

/// The junction nearest to a place that the kind can both leave and get to; no_row if none.
std::uint32_t access_junction(const Network& network, VehicleKind kind, LocalPoint place) {
  const auto open = [&](std::span<const std::uint32_t> links) {
    return std::ranges::any_of(
        links, [&](std::uint32_t link) { return contains(network.allowed[link], kind); });
  };
  std::uint32_t nearest = no_row;
  double least_m = unreachable;
  for (std::uint32_t junction = 0; junction < network.junctions(); ++junction) {
    const double at_m = distance_m(network.junction_place[junction], place);
    if (at_m >= least_m) continue;
    if (!open(network.out_links(junction)) || !open(network.in_links(junction))) continue;
    least_m = at_m;
    nearest = junction;
  }
  return nearest;
}

}  // namespace

std::size_t nearest_zone(std::span<const Zone> zones, LocalPoint place) {
  const auto nearest = std::ranges::min_element(
      zones, {}, [place](const Zone& zone) { return distance_m(zone.place, place); });
  return static_cast<std::size_t>(nearest - zones.begin());
}

std::vector<double> driving_seconds(const Network& network, const VehicleType& type,
                                    std::span<const double> delay_s) {
  std::vector<double> link_s(network.links());
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    link_s[link] =
        contains(network.allowed[link], type.kind)
            ? network.length_m[link] / std::min(network.free_speed_mps[link], type.top_speed_mps) +
                  delay_s[link]
            : unreachable;
  }
  return link_s;
}

std::vector<Accessibility> accessibility(const Network& network, const VehicleType& type,
                                         std::span<const Zone> zones,
                                         std::span<const double> delay_s, double exponent) {
  const RouteStates states(network);
  const std::vector<double> link_s = driving_seconds(network, type, delay_s);
  const std::vector<double> edge_s = states.edge_costs(link_s, bit_of(type.kind));
  std::vector<std::uint32_t> at;
  for (const Zone& zone : zones) at.push_back(access_junction(network, type.kind, zone.place));

  std::vector<Accessibility> found(zones.size());
  for (std::size_t to = 0; to < zones.size(); ++to) {
    if (at[to] == no_row) continue;
    std::vector<std::uint32_t> ends;
    for (const std::uint32_t link : network.in_links(at[to])) ends.push_back(states.of_link[link]);
    const RouteTree tree = states.graph->routes_to(ends, edge_s);
    for (std::size_t from = 0; from < zones.size(); ++from) {
      if (at[from] == no_row) continue;
      double seconds = at[from] == at[to] ? 0 : unreachable;
      for (const std::uint32_t link : network.out_links(at[from])) {
        seconds = std::min(seconds, link_s[link] + tree.cost[states.of_link[link]]);
      }
      if (!(seconds < unreachable)) continue;
      const double minutes = seconds / 60;
      for (std::size_t i = 0; i < reach_minutes.size(); ++i) {
        if (minutes > reach_minutes[i]) continue;
        found[from].people[i] += zones[to].people;
        found[from].sites[i] += zones[to].sites;
      }
      found[from].hansen += zones[to].sites / std::pow(std::max(minutes, 1.0), exponent);
    }
  }
  return found;
}

}  // namespace kontwin::traffic
