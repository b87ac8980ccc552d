#include "twin/landmarks.hpp"

#include <algorithm>
#include <limits>

#include "twin/entity_ref.hpp"

namespace kontwin {

namespace {

/// The junction that is farthest but reached; no_row where none is reached at a cost.
std::uint32_t farthest(std::span<const double> cost) {
  std::uint32_t found = no_row;
  double most = 0;
  for (std::uint32_t junction = 0; junction < cost.size(); ++junction) {
    if (cost[junction] > most && cost[junction] < unreachable) {
      most = cost[junction];
      found = junction;
    }
  }
  return found;
}

}  // namespace

Landmarks::Landmarks(const RoadGraph& graph, std::span<const double> least_cost)
    : costs_(graph.junctions() * width, 0) {
  if (graph.junctions() == 0) return;
  // Where a graph falls into pieces, the landmarks belong to the largest.
  const std::vector<std::uint32_t> component = graph.components(least_cost);
  const auto start =
      static_cast<std::uint32_t>(std::ranges::find(component, 0U) - component.begin());
  std::vector<double> nearest = graph.routes_from(start, least_cost).cost;
  for (std::size_t which = 0; which < most; ++which) {
    std::vector<double> within = nearest;
    for (std::size_t i = 0; i < within.size(); ++i) {
      if (component[i] != 0) within[i] = unreachable;
    }
    const std::uint32_t landmark = farthest(within);
    if (landmark == no_row) break;
    const std::vector<double> from = graph.routes_from(landmark, least_cost).cost;
    const std::vector<double> to = graph.routes_to(std::span(&landmark, 1), least_cost).cost;
    for (std::size_t junction = 0; junction < nearest.size(); ++junction) {
      costs_[junction * width + which] = static_cast<float>(to[junction]);
      costs_[junction * width + most + which] = static_cast<float>(from[junction]);
      // The first only finds the edge of the map.
      nearest[junction] = which == 0 ? from[junction] : std::min(nearest[junction], from[junction]);
    }
  }
}

}  // namespace kontwin
