#include "scenarios/traffic/route_book.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kontwin::traffic {

namespace {

/// Drivers do not hear of changes smaller than this share of a link's time.
constexpr double noticed_share = 0.2;

/// The network with links as nodes and turns as edges.
RoadGraph graph_of_turns(const Network& network) {
  RoadNetwork turns;
  turns.from = network.turn_from;
  turns.to = network.turn_to;
  return {network.links(), turns};
}

}  // namespace

RouteBook::RouteBook(const Network& network, const LinkState& links, Guides& guides,
                     ComputeArena& arena, std::span<const double> top_speed_mps)
    : network_(network),
      links_(links),
      guides_(guides),
      arena_(arena),
      graph_(std::make_shared<const RoadGraph>(graph_of_turns(network))),
      costs_(2 * vehicle_kinds,
             {std::vector<double>(network.links()), std::vector<double>(network.turns())}),
      free_turns_(vehicle_kinds, std::vector<double>(network.turns())),
      speed_mps_(links.speed_mps),
      delay_s_(network.links(), 0),
      versions_(vehicle_kinds, 0),
      all_links_(network.links()) {
  std::ranges::copy(top_speed_mps, top_speed_mps_.begin());
  std::iota(all_links_.begin(), all_links_.end(), 0U);
  for (std::size_t kind = 0; kind < vehicle_kinds; ++kind) {
    for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
      free_turns_[kind][turn] = free_cost(static_cast<VehicleKind>(kind), network.turn_to[turn]);
    }
  }
  for (std::uint32_t link = 0; link < network.links(); ++link) set_cost(link);
}

RouteBook::RouteBook(const RouteBook& other, const LinkState& links, Guides& guides)
    : network_(other.network_),
      links_(links),
      guides_(guides),
      arena_(other.arena_),
      top_speed_mps_(other.top_speed_mps_),
      graph_(other.graph_),
      trees_(other.trees_),
      by_key_(other.by_key_),
      costs_(other.costs_),
      free_turns_(other.free_turns_),
      speed_mps_(other.speed_mps_),
      delay_s_(other.delay_s_),
      versions_(other.versions_),
      all_links_(other.all_links_),
      free_(other.free_) {}

double RouteBook::free_cost(VehicleKind kind, std::uint32_t link) const {
  if (!contains(network_.allowed[link], kind)) return unreachable;
  return network_.length_m[link] /
         std::min(network_.free_speed_mps[link], top_speed_mps_[static_cast<std::size_t>(kind)]);
}

void RouteBook::set_cost(std::uint32_t link) {
  for (std::size_t which = 0; which < vehicle_kinds; ++which) {
    const auto kind = static_cast<VehicleKind>(which);
    const bool may_enter = contains(links_.may_enter[link], kind);
    const double now = network_.length_m[link] / std::min(speed_mps_[link], top_speed_mps_[which]) +
                       delay_s_[link];
    for (const bool informed : {false, true}) {
      Costs& costs = costs_[index(kind, informed)];
      costs.link[link] = !may_enter ? unreachable : informed ? now : free_cost(kind, link);
      for (const std::uint32_t turn : graph_->in_links(link)) costs.turn[turn] = costs.link[link];
    }
  }
}

std::uint32_t RouteBook::tree(Destination destination, VehicleKind kind, bool informed) {
  const auto number = static_cast<std::uint32_t>(trees_.size());
  const auto [place, added] = by_key_.try_emplace({destination, kind, informed}, number);
  if (!added) return place->second;
  Tree tree{destination, kind, informed, true, 0, 0, {}};
  const auto other = by_key_.find({destination, kind, !informed});
  if (other != by_key_.end()) {
    tree.free = trees_[other->second].free;
  } else {
    tree.free = static_cast<std::uint32_t>(free_.size());
    free_.push_back({destination, kind, {}});
  }
  trees_.push_back(std::move(tree));
  guides_.add_tree();
  return number;
}

std::span<const std::uint32_t> RouteBook::targets(const Destination& destination) const {
  if (destination.kind == Destination::Kind::junction) return network_.in_links(destination.row);
  return std::span(all_links_).subspan(destination.row, 1);
}

bool RouteBook::leads_to(std::uint32_t tree, std::uint32_t link) const {
  const Destination& at = trees_[tree].destination;
  return at.kind == Destination::Kind::junction ? network_.to[link] == at.row : link == at.row;
}

std::uint32_t RouteBook::first_link(std::uint32_t tree, std::uint32_t junction) const {
  const Tree& of = trees_[tree];
  const Costs& costs = costs_[index(of.kind, of.informed)];
  std::uint32_t best = no_row;
  double least = unreachable;
  for (const std::uint32_t link : network_.out_links(junction)) {
    const double cost = costs.link[link] + of.cost[link];
    if (cost < least) {
      least = cost;
      best = link;
    }
  }
  return best;
}

Micros RouteBook::free_time(std::uint32_t tree, std::uint32_t link) const {
  const FreeTree& of = free_[trees_[tree].free];
  const double cost = of.cost[link] + free_cost(of.kind, link);
  return std::isfinite(cost) ? to_micros(cost) : 0;
}

void RouteBook::take_over(std::span<const std::uint32_t> altered, VehicleKinds kinds) {
  for (const std::uint32_t link : altered) set_cost(link);
  for (std::size_t kind = 0; kind < vehicle_kinds; ++kind) {
    if (contains(kinds, static_cast<VehicleKind>(kind))) ++versions_[kind];
  }
}

bool RouteBook::outdated(std::uint32_t tree) const {
  return trees_[tree].version != versions_[static_cast<std::size_t>(trees_[tree].kind)];
}

bool RouteBook::still_best(const Tree& tree, std::uint32_t number) const {
  const std::vector<double>& cost = costs_[index(tree.kind, tree.informed)].turn;
  const auto next = guides_.tree(number);
  // The conditions of Bellman: no turn is a shorter way, and each next turn is worth its cost.
  for (std::uint32_t turn = 0; turn < cost.size(); ++turn) {
    const std::uint32_t from = network_.turn_from[turn];
    const double over = tree.cost[network_.turn_to[turn]] + cost[turn];
    if (over < tree.cost[from]) return false;
    if (next[from] == turn && over != tree.cost[from]) return false;
  }
  return true;
}

void RouteBook::refresh(std::span<const double> delay_s) {
  for (std::uint32_t link = 0; link < network_.links(); ++link) {
    const double before = network_.length_m[link] / speed_mps_[link] + delay_s_[link];
    const double now = network_.length_m[link] / links_.speed_mps[link] + delay_s[link];
    if (std::abs(now - before) <= noticed_share * before) continue;
    speed_mps_[link] = links_.speed_mps[link];
    delay_s_[link] = delay_s[link];
    set_cost(link);
  }
  arena_.for_each_part(trees_.size(), [this](std::size_t part) {
    Tree& tree = trees_[part];
    if (!tree.marked && !still_best(tree, static_cast<std::uint32_t>(part))) tree.marked = true;
    if (!tree.marked) tree.version = versions_[static_cast<std::size_t>(tree.kind)];
  });
  compute_marked();
}

void RouteBook::compute_marked() {
  std::vector<std::uint32_t> due;
  std::vector<std::uint32_t> due_free;
  for (std::uint32_t number = 0; number < trees_.size(); ++number) {
    if (!trees_[number].marked) continue;
    due.push_back(number);
    if (free_[trees_[number].free].cost.empty()) due_free.push_back(trees_[number].free);
  }
  std::ranges::sort(due_free);
  due_free.erase(std::ranges::unique(due_free).begin(), due_free.end());
  arena_.for_each_part(due.size() + due_free.size(), [&](std::size_t part) {
    if (part < due.size()) {
      Tree& tree = trees_[due[part]];
      const auto to = targets(tree.destination);
      RouteTree found = graph_->routes_to(to, costs_[index(tree.kind, tree.informed)].turn);
      const std::span<std::uint32_t> next = guides_.tree(due[part]);
      std::ranges::transform(found.link, next.begin(),
                             [](std::uint32_t turn) { return turn == no_row ? no_way : turn; });
      for (const std::uint32_t link : to) next[link] = arrives;
      tree.cost = std::move(found.cost);
      tree.version = versions_[static_cast<std::size_t>(tree.kind)];
      tree.marked = false;
    } else {
      FreeTree& tree = free_[due_free[part - due.size()]];
      tree.cost = graph_
                      ->routes_to(targets(tree.destination),
                                  free_turns_[static_cast<std::size_t>(tree.kind)])
                      .cost;
    }
  });
}

std::vector<double> RouteBook::times_to(std::span<const std::uint32_t> junctions,
                                        VehicleKind kind) const {
  std::vector<std::uint32_t> targets;
  for (const std::uint32_t junction : junctions) {
    const auto in = network_.in_links(junction);
    targets.insert(targets.end(), in.begin(), in.end());
  }
  const Costs& costs = costs_[index(kind, true)];
  const RouteTree found = graph_->routes_to(targets, costs.turn);
  std::vector<double> times(network_.junctions(), unreachable);
  for (std::uint32_t link = 0; link < network_.links(); ++link) {
    double& time = times[network_.from[link]];
    time = std::min(time, costs.link[link] + found.cost[link]);
  }
  for (const std::uint32_t junction : junctions) times[junction] = 0;
  return times;
}

}  // namespace kontwin::traffic
