#include "scenarios/traffic/assignment/bush.hpp"

#include "twin/entity_ref.hpp"

namespace kontwin::traffic {

Bush make_bush(const AssignmentGraph& graph, std::span<const PricedLink> links,
               std::span<const std::uint32_t> link_from, const OriginDemand& demand,
               ShortestTree& tree) {
  find_shortest_tree(graph, links, demand.origin, tree);
  Bush bush;
  bush.origin = demand.origin;
  bush.node = tree.order;
  std::vector<std::uint32_t> place_of(graph.nodes(), no_row);
  bush.in_begin = {0, 0};
  for (std::uint32_t place = 0; place < bush.places(); ++place) {
    const std::uint32_t node = bush.node[place];
    place_of[node] = place;
    if (place == 0) continue;
    bush.in_link.push_back(tree.link[node]);
    bush.in_tail.push_back(place_of[link_from[tree.link[node]]]);
    bush.in_begin.push_back(static_cast<std::uint32_t>(bush.in_link.size()));
  }
  bush.in_flow.assign(bush.in_link.size(), 0);
  for (const std::uint32_t end : demand.node) bush.end_place.push_back(place_of[end]);
  return bush;
}

void balance(Bush& bush, const OriginDemand& demand, BushScratch& scratch) {
  auto& through = scratch.through;
  through.assign(bush.places(), 0);
  for (std::size_t i = 0; i < demand.flow.size(); ++i) {
    if (bush.end_place[i] != no_row) through[bush.end_place[i]] = demand.flow[i];
  }
  for (std::size_t place = bush.places(); place-- > 1;) {
    const std::uint32_t begin = bush.in_begin[place];
    const std::uint32_t end = bush.in_begin[place + 1];
    const double wanted = through[place];
    if (end - begin > 1) {
      double had = 0;
      for (std::uint32_t in = begin; in < end; ++in) had += bush.in_flow[in];
      if (had > 0) {
        const double factor = wanted / had;
        for (std::uint32_t in = begin; in < end; ++in) {
          bush.in_flow[in] *= factor;
          through[bush.in_tail[in]] += bush.in_flow[in];
        }
        continue;
      }
    }
    bush.in_flow[begin] = wanted;
    through[bush.in_tail[begin]] += wanted;
  }
}

}  // namespace kontwin::traffic
