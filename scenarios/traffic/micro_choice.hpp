#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// Where vehicles are driven as individuals. What is chosen is junctions: all links into a chosen
/// junction belong to it, so that whoever meets there is seen in the same detail. A link that is
/// named brings all others into the junction at its end.

/// Junctions within a radius of one, itself included, rising. Throws ScenarioError for a radius
/// that is not 0 or more.
std::vector<std::uint32_t> junctions_within(const Network& network, std::uint32_t junction,
                                            double radius_m);
/// Junctions inside a polygon (local metres, closed of itself), rising. Throws ScenarioError for
/// one of fewer than three corners.
std::vector<std::uint32_t> junctions_inside(const Network& network,
                                            std::span<const LocalPoint> polygon);
/// The junctions at the ends of links, rising.
std::vector<std::uint32_t> junctions_at_ends(const Network& network,
                                             std::span<const std::uint32_t> links);
/// All links into junctions, rising.
std::vector<std::uint32_t> links_into(const Network& network,
                                      std::span<const std::uint32_t> junctions);

/// Chosen junctions that a link joins, with the links into them, both rising.
struct ConnectedJunctions {
  std::vector<std::uint32_t> junctions, links;
};
/// What of the chosen junctions hangs together, by the first junction of each. Junctions that no
/// link leads into are left out. Throws ScenarioError for a junction that is not in the network,
/// and where no link leads into any.
std::vector<ConnectedJunctions> connected(const Network& network,
                                          std::span<const std::uint32_t> junctions);

}  // namespace kontwin::traffic
