#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/traffic/assignment/assignment_network.hpp"
#include "scenarios/traffic/assignment/cost_kernel.hpp"

namespace kontwin::traffic {

/// The links that leave each node, in compressed sparse rows.
///
/// Routes on roads are Boost.Graph's job elsewhere (twin/road_graph.hpp). Here shortest ways are
/// the inside of a kernel: they are asked for thousands of times a second, from each origin on
/// costs that have hardly changed, so what pays is to mend the last answer instead of finding it
/// anew, on the kernel's own columns. Boost.Graph has no such algorithm.
class AssignmentGraph {
 public:
  /// Throws ScenarioError for a link between nodes that are not there, or columns of different
  /// lengths.
  explicit AssignmentGraph(const AssignmentNetwork& network);

  std::size_t nodes() const { return begin_.size() - 1; }
  struct Arc {
    std::uint32_t link, head;
  };
  std::span<const Arc> out(std::uint32_t node) const {
    return std::span(arcs_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
  }
  /// Whether ways from an origin may go on from a node.
  bool passable(std::uint32_t node, std::uint32_t origin) const {
    return ends_only_[node] == 0 || node == origin;
  }

 private:
  std::vector<std::uint32_t> begin_;
  std::vector<Arc> arcs_;
  std::vector<std::uint8_t> ends_only_;
};

/// A heap of nodes by distance; a node may stand in it several times, the nearest entry counts.
/// Equal distances leave by node, so that an answer depends on nothing else.
class NodeHeap {
 public:
  using Entry = std::pair<double, std::uint32_t>;
  bool empty() const { return entries_.empty(); }
  void push(double distance, std::uint32_t node);
  Entry pop();

 private:
  std::vector<Entry> entries_;
};

/// Cheapest ways from one node. [node]; a node out of reach has distance infinity and link no_row.
struct ShortestTree {
  std::vector<double> distance;
  std::vector<std::uint32_t> link;   ///< the last link on the way
  std::vector<std::uint32_t> order;  ///< nodes in reach, nearest first, each behind its predecessor
  NodeHeap heap;
};

/// Dijkstra 1959 with a binary heap.
void find_shortest_tree(const AssignmentGraph& graph, std::span<const PricedLink> links,
                        std::uint32_t origin, ShortestTree& tree);

}  // namespace kontwin::traffic
