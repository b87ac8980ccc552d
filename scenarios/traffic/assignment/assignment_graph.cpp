#include "scenarios/traffic/assignment/assignment_graph.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <string>

#include "twin/entity_ref.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

AssignmentGraph::AssignmentGraph(const AssignmentNetwork& network) {
  const std::size_t links = network.links();
  if (network.to.size() != links || network.costs.size() != links ||
      (!network.ends_only.empty() && network.ends_only.size() != network.nodes)) {
    throw ScenarioError("assignment: columns of the network have different lengths");
  }
  begin_.assign(network.nodes + 1, 0);
  for (std::size_t link = 0; link < links; ++link) {
    if (network.from[link] >= network.nodes || network.to[link] >= network.nodes) {
      throw ScenarioError("assignment: link " + std::to_string(link) +
                          " ends at a node that is not there");
    }
    ++begin_[network.from[link] + 1];
  }
  for (std::size_t node = 0; node < network.nodes; ++node) begin_[node + 1] += begin_[node];
  arcs_.resize(links);
  std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
  for (std::uint32_t link = 0; link < links; ++link) {
    arcs_[next[network.from[link]]++] = {link, network.to[link]};
  }
  ends_only_ = network.ends_only;
  ends_only_.resize(network.nodes, 0);
}

void NodeHeap::push(double distance, std::uint32_t node) {
  entries_.emplace_back(distance, node);
  std::ranges::push_heap(entries_, std::greater{});
}

NodeHeap::Entry NodeHeap::pop() {
  std::ranges::pop_heap(entries_, std::greater{});
  const Entry top = entries_.back();
  entries_.pop_back();
  return top;
}

void find_shortest_tree(const AssignmentGraph& graph, std::span<const PricedLink> links,
                        std::uint32_t origin, ShortestTree& tree) {
  tree.distance.assign(graph.nodes(), std::numeric_limits<double>::infinity());
  tree.link.assign(graph.nodes(), no_row);
  tree.order.clear();
  std::vector<std::uint8_t> settled(graph.nodes(), 0);
  tree.distance[origin] = 0;
  tree.heap.push(0, origin);
  while (!tree.heap.empty()) {
    const auto [distance, node] = tree.heap.pop();
    if (settled[node] != 0) continue;
    settled[node] = 1;
    tree.order.push_back(node);
    if (!graph.passable(node, origin)) continue;
    for (const auto [link, head] : graph.out(node)) {
      const double there = distance + links[link].cost;
      if (there < tree.distance[head]) {
        tree.distance[head] = there;
        tree.link[head] = link;
        tree.heap.push(there, head);
      }
    }
  }
}

}  // namespace kontwin::traffic
