#include "scenarios/evacuation/plan/min_cost_flow.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "twin/error.hpp"

namespace kontwin::evacuation {

namespace {

constexpr std::uint32_t none = 0xFFFFFFFFU;

/// A spanning tree of the nodes and a root that arcs of great cost join to each of them. The arcs
/// in the tree carry what they must, all others nothing or what they can.
class NetworkSimplex {
 public:
  NetworkSimplex(const FlowNetwork& network, std::span<const Amount> supply);
  /// Exchanges arcs until none makes it cheaper.
  void solve();
  MinCostFlow answer(const FlowNetwork& network) const;

 private:
  enum class State : std::int8_t { at_capacity = -1, in_tree = 0, empty = 1 };
  struct Arc {
    std::uint32_t from, to;
    std::int64_t cost;
    Amount capacity, flow;
  };
  struct Node {
    std::uint32_t parent = none;
    std::uint32_t arc = none;  // to the parent
    std::uint32_t depth = 0;
    std::uint32_t first_child = none, next_sibling = none, previous_sibling = none;
    std::int64_t potential = 0;
    Amount supply = 0;
  };
  /// Where the flow of the tree changes, by how much, and which arc leaves it.
  struct Cycle {
    std::uint32_t join = none;
    Amount amount = 0;
    std::uint32_t leaves_above = none;  // the node whose arc to its parent leaves; none: the same
    std::uint32_t hangs = none, on = none;  // the ends of the arc that enters: below it, above it
  };

  std::int64_t reduced(std::uint32_t arc) const {
    return arcs_[arc].cost + nodes_[arcs_[arc].from].potential - nodes_[arcs_[arc].to].potential;
  }
  bool climbs(std::uint32_t node) const { return arcs_[nodes_[node].arc].from == node; }
  std::uint32_t entering();
  Cycle cycle_of(std::uint32_t arc) const;
  void send(const Cycle& cycle, std::uint32_t arc);
  void exchange(const Cycle& cycle, std::uint32_t arc);
  void add_child(std::uint32_t parent, std::uint32_t child, std::uint32_t arc);
  void remove_child(std::uint32_t child);

  std::uint32_t root_;
  std::uint32_t real_arcs_;
  std::vector<Node> nodes_;
  std::vector<Arc> arcs_;
  std::vector<State> state_;
  std::uint32_t block_, next_ = 0;
  std::vector<std::uint32_t> stack_;
};

NetworkSimplex::NetworkSimplex(const FlowNetwork& network, std::span<const Amount> supply)
    : root_(network.nodes),
      real_arcs_(static_cast<std::uint32_t>(network.arcs())),
      nodes_(network.nodes + 1),
      block_(std::max(10U, static_cast<std::uint32_t>(std::sqrt(network.arcs())))) {
  arcs_.reserve(network.arcs() + network.nodes);
  std::int64_t dearest = 0;
  for (std::uint32_t arc = 0; arc < real_arcs_; ++arc) {
    arcs_.push_back(
        {network.from[arc], network.to[arc], network.cost[arc], network.capacity[arc], 0});
    dearest = std::max(dearest, std::abs(network.cost[arc]));
  }
  const std::int64_t dear = (dearest + 1) * (std::int64_t{network.nodes} + 1);
  state_.assign(real_arcs_, State::empty);
  for (std::uint32_t node = 0; node < network.nodes; ++node) {
    nodes_[node].supply = supply[node];
    const auto arc = static_cast<std::uint32_t>(arcs_.size());
    // From the root towards those who want something; others can send to it. Either way a node can
    // send more to the root, which is what makes the first tree strongly feasible.
    const bool sends = supply[node] >= 0;
    arcs_.push_back(
        {sends ? node : root_, sends ? root_ : node, dear, 2 * boundless, std::abs(supply[node])});
    state_.push_back(State::in_tree);
    add_child(root_, node, arc);
    nodes_[node].depth = 1;
    nodes_[node].potential = sends ? -dear : dear;
  }
}

void NetworkSimplex::add_child(std::uint32_t parent, std::uint32_t child, std::uint32_t arc) {
  Node& node = nodes_[child];
  node.parent = parent;
  node.arc = arc;
  node.previous_sibling = none;
  node.next_sibling = nodes_[parent].first_child;
  if (node.next_sibling != none) nodes_[node.next_sibling].previous_sibling = child;
  nodes_[parent].first_child = child;
}

void NetworkSimplex::remove_child(std::uint32_t child) {
  const Node& node = nodes_[child];
  if (node.previous_sibling == none) {
    nodes_[node.parent].first_child = node.next_sibling;
  } else {
    nodes_[node.previous_sibling].next_sibling = node.next_sibling;
  }
  if (node.next_sibling != none) nodes_[node.next_sibling].previous_sibling = node.previous_sibling;
}

std::uint32_t NetworkSimplex::entering() {
  std::uint32_t best = none;
  std::int64_t least = 0;
  std::uint32_t left = block_;
  for (std::uint32_t looked = 0; looked < real_arcs_; ++looked) {
    const std::uint32_t arc = next_;
    next_ = next_ + 1 == real_arcs_ ? 0 : next_ + 1;
    const std::int64_t gain = static_cast<int>(state_[arc]) * reduced(arc);
    if (gain < least) {
      least = gain;
      best = arc;
    }
    if (--left > 0) continue;
    if (best != none) return best;
    left = block_;
  }
  return best;
}

NetworkSimplex::Cycle NetworkSimplex::cycle_of(std::uint32_t arc) const {
  const bool more = state_[arc] == State::empty;
  // The flow changes along the arc from `first` to `second`, and back through the tree.
  const std::uint32_t first = more ? arcs_[arc].from : arcs_[arc].to;
  const std::uint32_t second = more ? arcs_[arc].to : arcs_[arc].from;
  std::uint32_t a = first, b = second;
  while (a != b) {
    if (nodes_[a].depth >= nodes_[b].depth) {
      a = nodes_[a].parent;
    } else {
      b = nodes_[b].parent;
    }
  }
  Cycle cycle;
  cycle.join = a;
  cycle.amount = arcs_[arc].capacity;
  // Of the arcs that stop it the last one on the cycle leaves, as seen from the join: the tree
  // stays strongly feasible, and no sequence of exchanges runs in a circle.
  for (std::uint32_t node = first; node != cycle.join; node = nodes_[node].parent) {
    const Arc& up = arcs_[nodes_[node].arc];
    const Amount room = climbs(node) ? up.flow : up.capacity - up.flow;
    if (room >= cycle.amount) continue;
    cycle = {cycle.join, room, node, first, second};
  }
  for (std::uint32_t node = second; node != cycle.join; node = nodes_[node].parent) {
    const Arc& up = arcs_[nodes_[node].arc];
    const Amount room = climbs(node) ? up.capacity - up.flow : up.flow;
    if (room > cycle.amount) continue;
    cycle = {cycle.join, room, node, second, first};
  }
  return cycle;
}

void NetworkSimplex::send(const Cycle& cycle, std::uint32_t arc) {
  if (cycle.amount == 0) return;
  const bool more = state_[arc] == State::empty;
  const std::uint32_t first = more ? arcs_[arc].from : arcs_[arc].to;
  const std::uint32_t second = more ? arcs_[arc].to : arcs_[arc].from;
  arcs_[arc].flow += more ? cycle.amount : -cycle.amount;
  for (std::uint32_t node = first; node != cycle.join; node = nodes_[node].parent) {
    arcs_[nodes_[node].arc].flow += climbs(node) ? -cycle.amount : cycle.amount;
  }
  for (std::uint32_t node = second; node != cycle.join; node = nodes_[node].parent) {
    arcs_[nodes_[node].arc].flow += climbs(node) ? cycle.amount : -cycle.amount;
  }
}

void NetworkSimplex::exchange(const Cycle& cycle, std::uint32_t arc) {
  if (cycle.leaves_above == none) {
    state_[arc] = state_[arc] == State::empty ? State::at_capacity : State::empty;
    return;
  }
  const std::uint32_t out = nodes_[cycle.leaves_above].arc;
  state_[out] = arcs_[out].flow == 0 ? State::empty : State::at_capacity;
  state_[arc] = State::in_tree;
  // What hung below the arc that left now hangs, turned over, below the one that entered.
  std::uint32_t node = cycle.hangs;
  std::uint32_t above = cycle.on;
  std::uint32_t by = arc;
  for (;;) {
    const std::uint32_t parent = nodes_[node].parent;
    const std::uint32_t up = nodes_[node].arc;
    remove_child(node);
    add_child(above, node, by);
    if (node == cycle.leaves_above) break;
    above = node;
    by = up;
    node = parent;
  }
  const std::int64_t change = arcs_[arc].from == cycle.hangs ? -reduced(arc) : reduced(arc);
  stack_.assign(1, cycle.hangs);
  while (!stack_.empty()) {
    Node& below = nodes_[stack_.back()];
    stack_.pop_back();
    below.potential += change;
    below.depth = nodes_[below.parent].depth + 1;
    for (std::uint32_t child = below.first_child; child != none;
         child = nodes_[child].next_sibling) {
      stack_.push_back(child);
    }
  }
}

void NetworkSimplex::solve() {
  if (real_arcs_ == 0) return;
  for (std::uint32_t arc = entering(); arc != none; arc = entering()) {
    const Cycle cycle = cycle_of(arc);
    send(cycle, arc);
    exchange(cycle, arc);
  }
}

MinCostFlow NetworkSimplex::answer(const FlowNetwork& network) const {
  MinCostFlow found;
  found.feasible = true;
  for (std::size_t arc = real_arcs_; arc < arcs_.size(); ++arc) {
    if (arcs_[arc].flow != 0) found.feasible = false;
  }
  found.flow.reserve(real_arcs_);
  for (std::uint32_t arc = 0; arc < real_arcs_; ++arc) {
    found.flow.push_back(arcs_[arc].flow);
    found.cost += arcs_[arc].flow * network.cost[arc];
  }
  found.potential.reserve(network.nodes);
  for (std::uint32_t node = 0; node < network.nodes; ++node) {
    found.potential.push_back(nodes_[node].potential);
  }
  return found;
}

}  // namespace

MinCostFlow minimum_cost_flow(const FlowNetwork& network, std::span<const Amount> supply) {
  if (supply.size() != network.nodes) {
    throw ScenarioError("least-cost flow: there are " + std::to_string(supply.size()) +
                        " supplies for " + std::to_string(network.nodes) + " nodes");
  }
  Amount left = 0;
  for (const Amount amount : supply) left += amount;
  if (left != 0) {
    throw ScenarioError("least-cost flow: supplies exceed demands by " + std::to_string(left));
  }
  for (std::size_t arc = 0; arc < network.arcs(); ++arc) {
    if (network.from[arc] >= network.nodes || network.to[arc] >= network.nodes ||
        network.capacity[arc] < 0 || network.capacity[arc] > boundless) {
      throw ScenarioError("least-cost flow: arc " + std::to_string(arc) +
                          " ends at no node, or has a capacity below 0 or without end");
    }
  }
  NetworkSimplex simplex(network, supply);
  simplex.solve();
  return simplex.answer(network);
}

}  // namespace kontwin::evacuation
