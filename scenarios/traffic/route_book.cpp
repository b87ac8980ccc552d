#include "scenarios/traffic/route_book.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/traffic/water_rules.hpp"

namespace kontwin::traffic {

namespace {

/// Drivers do not hear of changes smaller than this share of a link's time.
constexpr double noticed_share = 0.2;

}  // namespace

RouteBook::RouteBook(const Network& network, const LinkState& links, Guides& guides,
                     ComputeArena& arena, std::span<const double> top_speed_mps)
    : network_(network),
      links_(links),
      guides_(guides),
      arena_(arena),
      states_(std::make_shared<const RouteStates>(network)),
      bounds_(std::make_shared<RouteBounds>(network, states_, top_speed_mps)),
      speed_mps_(links.speed_mps),
      delay_s_(network.links(), 0),
      versions_(vehicle_kinds, 0) {
  std::ranges::copy(top_speed_mps, top_speed_mps_.begin());
  const Costs empty{std::vector<double>(network.links()),
                    std::vector<double>(states_->edge_link.size())};
  costs_.assign(2 * vehicle_kinds, empty);
  free_costs_.assign(vehicle_kinds, empty);
  for (std::size_t which = 0; which < vehicle_kinds; ++which) {
    const auto kind = static_cast<VehicleKind>(which);
    Costs& costs = free_costs_[which];
    for (std::uint32_t link = 0; link < network.links(); ++link) {
      costs.link[link] = free_cost(kind, link);
    }
    for (std::uint32_t edge = 0; edge < costs.edge.size(); ++edge) {
      costs.edge[edge] = edge_cost(edge, kind, costs.link[states_->edge_link[edge]]);
    }
    plans_as_[which] = kind;
    for (std::size_t other = 0; other < which; ++other) {
      if (wade_depth_m[other] == wade_depth_m[which] && free_costs_[other].link == costs.link &&
          free_costs_[other].edge == costs.edge) {
        plans_as_[which] = plans_as_[other];
        break;
      }
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
      plans_as_(other.plans_as_),
      states_(other.states_),
      bounds_(other.bounds_),
      bound_share_(other.bound_share_),
      trees_(other.trees_),
      by_key_(other.by_key_),
      costs_(other.costs_),
      free_costs_(other.free_costs_),
      speed_mps_(other.speed_mps_),
      delay_s_(other.delay_s_),
      versions_(other.versions_),
      free_(other.free_) {}

double RouteBook::free_cost(VehicleKind kind, std::uint32_t link) const {
  if (!contains(network_.allowed[link], kind)) return unreachable;
  return network_.length_m[link] /
         std::min(network_.free_speed_mps[link], top_speed_mps_[static_cast<std::size_t>(kind)]);
}

void RouteBook::set_cost(std::uint32_t link) {
  // Where a limit was raised, the bounds no longer hold as they are.
  bound_share_ = std::min(bound_share_, network_.free_speed_mps[link] / speed_mps_[link]);
  for (std::size_t which = 0; which < vehicle_kinds; ++which) {
    const auto kind = static_cast<VehicleKind>(which);
    const bool may_enter = contains(links_.may_enter[link], kind);
    const double now = network_.length_m[link] / std::min(speed_mps_[link], top_speed_mps_[which]) +
                       delay_s_[link];
    for (const bool informed : {false, true}) {
      Costs& costs = costs_[index(kind, informed)];
      costs.link[link] = !may_enter ? unreachable : informed ? now : free_cost(kind, link);
      for (std::uint32_t i = states_->edges_begin[link]; i < states_->edges_begin[link + 1]; ++i) {
        costs.edge[i] = edge_cost(i, kind, costs.link[link]);
      }
    }
  }
}

std::uint32_t RouteBook::tree(Destination destination, VehicleKind kind, bool informed) {
  kind = plans_as_[static_cast<std::size_t>(kind)];
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

std::vector<std::uint32_t> RouteBook::targets(const Destination& destination,
                                              VehicleKind kind) const {
  std::vector<std::uint32_t> found;
  if (destination.kind == Destination::Kind::junction) {
    for (const std::uint32_t link : network_.in_links(destination.row)) {
      found.push_back(states_->of_link[link]);
    }
  } else {
    for (std::uint32_t edge = states_->edges_begin[destination.row];
         edge < states_->edges_begin[destination.row + 1]; ++edge) {
      if (contains(states_->edge_kinds[edge], kind)) found.push_back(states_->edge_from[edge]);
    }
  }
  return found;
}

double RouteBook::cost_after(const Destination& destination, std::span<const double> cost,
                             std::span<const double> link_cost, std::uint32_t link) const {
  if (destination.kind == Destination::Kind::junction) return cost[states_->of_link[link]];
  if (link == destination.row) return 0;
  return cost[states_->of_link[link]] + link_cost[destination.row];
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
    const double cost = costs.link[link] + cost_after(of.destination, of.cost, costs.link, link);
    if (cost < least) {
      least = cost;
      best = link;
    }
  }
  return best;
}

Micros RouteBook::free_time(std::uint32_t tree, std::uint32_t link) const {
  const FreeTree& of = free_[trees_[tree].free];
  const std::vector<double>& free = free_costs_[static_cast<std::size_t>(of.kind)].link;
  const double cost = free[link] + cost_after(of.destination, of.cost, free, link);
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

bool RouteBook::still_best(const Tree& tree) const {
  const std::vector<double>& cost = costs_[index(tree.kind, tree.informed)].edge;
  // The condition of Bellman for the costs of the states: each is that of the best edge out of it.
  std::vector<double> best(tree.cost.size(), unreachable);
  for (const std::uint32_t target : targets(tree.destination, tree.kind)) best[target] = 0;
  for (std::size_t edge = 0; edge < cost.size(); ++edge) {
    double& least = best[states_->edge_from[edge]];
    least = std::min(least, tree.cost[states_->edge_to[edge]] + cost[edge]);
  }
  return best == tree.cost;
}

void RouteBook::write_turns(const Tree& tree, std::span<const std::uint32_t> edges,
                            std::span<std::uint32_t> next) const {
  const bool to_link = tree.destination.kind == Destination::Kind::link;
  for (std::uint32_t link = 0; link < network_.links(); ++link) {
    const std::uint32_t state = states_->of_link[link];
    next[link] = no_way;
    if (tree.cost[state] == 0) {
      next[link] = to_link ? network_.find_turn(link, tree.destination.row) : arrives;
    } else if (edges[state] != no_row) {
      next[link] = network_.find_turn(link, states_->edge_link[edges[state]]);
    }
  }
  if (to_link) next[tree.destination.row] = arrives;
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
    if (!tree.marked && !still_best(tree)) tree.marked = true;
    if (!tree.marked) tree.version = versions_[static_cast<std::size_t>(tree.kind)];
  });
  compute_marked();
}

void RouteBook::renew(std::uint32_t tree) {
  Tree& old = trees_[tree];
  if (still_best(old)) {
    old.version = versions_[static_cast<std::size_t>(old.kind)];
  } else {
    old.marked = true;
  }
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
  due_free.erase(std::unique(due_free.begin(), due_free.end()), due_free.end());
  arena_.for_each_part(due.size() + due_free.size(), [&](std::size_t part) {
    if (part < due.size()) {
      Tree& tree = trees_[due[part]];
      RouteTree found = states_->graph->routes_to(targets(tree.destination, tree.kind),
                                                  costs_[index(tree.kind, tree.informed)].edge);
      tree.cost = std::move(found.cost);
      write_turns(tree, found.link, guides_.tree(due[part]));
      tree.version = versions_[static_cast<std::size_t>(tree.kind)];
      tree.marked = false;
    } else {
      FreeTree& tree = free_[due_free[part - due.size()]];
      tree.cost = states_->graph
                      ->routes_to(targets(tree.destination, tree.kind),
                                  free_costs_[static_cast<std::size_t>(tree.kind)].edge)
                      .cost;
    }
  });
}

std::vector<double> RouteBook::times_to(std::span<const std::uint32_t> junctions,
                                        VehicleKind kind) const {
  std::vector<std::uint32_t> ends;
  for (const std::uint32_t junction : junctions) {
    const auto in = targets({Destination::Kind::junction, junction}, kind);
    ends.insert(ends.end(), in.begin(), in.end());
  }
  const Costs& costs = costs_[index(kind, true)];
  const RouteTree found = states_->graph->routes_to(ends, costs.edge);
  std::vector<double> times(network_.junctions(), unreachable);
  for (std::uint32_t link = 0; link < network_.links(); ++link) {
    double& time = times[network_.from[link]];
    time = std::min(time, costs.link[link] + found.cost[states_->of_link[link]]);
  }
  for (const std::uint32_t junction : junctions) times[junction] = 0;
  return times;
}

}  // namespace kontwin::traffic
