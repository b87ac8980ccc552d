#include "scenarios/traffic/micro_choice.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "twin/error.hpp"
#include "twin/geometry.hpp"

namespace kontwin::traffic {

namespace {

std::vector<std::uint32_t> sorted(std::vector<std::uint32_t> rows) {
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

}  // namespace

std::vector<std::uint32_t> junctions_within(const Network& network, std::uint32_t junction,
                                            double radius_m) {
  if (!(radius_m >= 0)) {
    throw ScenarioError("microscopic zone: a radius has to be 0 m or more, not " +
                        std::to_string(radius_m));
  }
  const LocalPoint centre = network.junction_place[junction];
  std::vector<std::uint32_t> found;
  for (std::uint32_t other = 0; other < network.junctions(); ++other) {
    const LocalPoint place = network.junction_place[other];
    const double away_m = std::hypot(place.x_m - centre.x_m, place.y_m - centre.y_m);
    if (away_m <= radius_m) found.push_back(other);
  }
  return found;
}

std::vector<std::uint32_t> junctions_inside(const Network& network,
                                            std::span<const LocalPoint> polygon) {
  if (polygon.size() < 3) {
    throw ScenarioError("microscopic zone: an area needs three corners or more");
  }
  std::vector<std::uint32_t> found;
  for (std::uint32_t junction = 0; junction < network.junctions(); ++junction) {
    if (inside(polygon, network.junction_place[junction])) found.push_back(junction);
  }
  return found;
}

std::vector<std::uint32_t> junctions_at_ends(const Network& network,
                                             std::span<const std::uint32_t> links) {
  std::vector<std::uint32_t> found;
  found.reserve(links.size());
  for (const std::uint32_t link : links) found.push_back(network.to[link]);
  return sorted(std::move(found));
}

std::vector<std::uint32_t> links_into(const Network& network,
                                      std::span<const std::uint32_t> junctions) {
  std::vector<std::uint32_t> links;
  for (const std::uint32_t junction : junctions) {
    const auto in = network.in_links(junction);
    links.insert(links.end(), in.begin(), in.end());
  }
  return sorted(std::move(links));
}

std::vector<ConnectedJunctions> connected(const Network& network,
                                          std::span<const std::uint32_t> junctions) {
  std::vector<std::uint8_t> chosen(network.junctions(), 0);
  for (const std::uint32_t junction : junctions) {
    if (junction >= network.junctions()) {
      throw ScenarioError("microscopic zone: junction row " + std::to_string(junction) +
                          " is not in the network");
    }
    chosen[junction] = network.in_links(junction).empty() ? 0 : 1;
  }
  std::vector<ConnectedJunctions> zones;
  for (std::uint32_t first = 0; first < network.junctions(); ++first) {
    if (chosen[first] == 0) continue;
    ConnectedJunctions zone;
    std::vector<std::uint32_t> open{first};
    chosen[first] = 0;
    const auto reach = [&](std::uint32_t junction) {
      if (chosen[junction] == 0) return;
      chosen[junction] = 0;
      open.push_back(junction);
    };
    while (!open.empty()) {
      const std::uint32_t junction = open.back();
      open.pop_back();
      zone.junctions.push_back(junction);
      for (const std::uint32_t link : network.in_links(junction)) reach(network.from[link]);
      for (const std::uint32_t link : network.out_links(junction)) reach(network.to[link]);
    }
    std::ranges::sort(zone.junctions);
    zone.links = links_into(network, zone.junctions);
    zones.push_back(std::move(zone));
  }
  if (zones.empty()) {
    throw ScenarioError("microscopic zone: no link leads into any of the chosen junctions");
  }
  return zones;
}

}  // namespace kontwin::traffic
