#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "scenarios/traffic/network/network.hpp"
#include "twin/road_graph.hpp"

namespace kontwin::traffic {

/// The graph that ways are found on: states that the end of a link may be in, and an edge for each
/// link out of each state. A junction where every turn is allowed to all is one state; elsewhere
/// the end of each link is one, so that forbidden turns are kept at the cost of the few junctions
/// that have them.
struct RouteStates {
  explicit RouteStates(const Network& network);

  std::vector<std::uint32_t> of_link;             ///< [link] the state at its end
  std::vector<std::uint32_t> edge_link;           ///< [edge] the link it stands for
  std::vector<std::uint32_t> edge_from, edge_to;  ///< [edge] states
  std::vector<VehicleKinds> edge_kinds;           ///< [edge] who may make the turn into it
  std::vector<std::uint32_t> edges_begin;         ///< [link] its edges follow each other; an end
  std::unique_ptr<const RoadGraph> graph;         ///< states as junctions, edges as links
};

}  // namespace kontwin::traffic
