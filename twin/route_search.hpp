#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "twin/landmarks.hpp"
#include "twin/road_graph.hpp"

/// The searches behind RoadGraph.
namespace kontwin::route_search {

/// The edges of a graph as rows that a search runs along: where each leads, and its road row.
struct Rows {
  struct Edge {
    std::uint32_t next, road;
  };
  std::vector<std::uint32_t> begin;  // [junction] and an end
  std::vector<Edge> edges;
};

/// Throws WorldError when there is no such junction.
void check_junction(std::uint32_t junction, std::size_t junctions);

/// Dijkstra (1959) from several junctions at once to all others. Boost's own search has no
/// tie-break by road row. Throws WorldError for a source that is not there.
RouteTree tree(const Rows& graph, std::span<const std::uint32_t> sources,
               std::span<const double> cost);

/// The cheapest route from any start to any target, by A* (Hart, Nilsson and Raphael 1968) where
/// landmarks are given. `from`: [road] the junction it starts at. Throws WorldError for a start or
/// a target that is not there.
std::optional<Route> route(const Rows& graph, std::span<const std::uint32_t> from,
                           std::span<const RouteStart> starts,
                           std::span<const std::uint32_t> targets, std::span<const double> cost,
                           const Landmarks* landmarks);

}  // namespace kontwin::route_search
