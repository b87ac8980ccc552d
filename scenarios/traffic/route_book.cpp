#include "scenarios/traffic/route_book.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::traffic {

namespace {

/// Drivers do not hear of changes smaller than this share of a link's time.
constexpr double noticed_share = 0.2;

}  // namespace

RouteBook::RouteBook(const RoadGraph& graph, const LinkTable& links, ComputeArena& arena)
    : graph_(graph),
      links_(links),
      arena_(arena),
      costs_(2 * wade_groups, std::vector<double>(links.size())),
      free_costs_(wade_groups, std::vector<double>(links.size())),
      speed_mps_(links.speed_mps),
      delay_s_(links.size(), 0),
      versions_(wade_groups, 0) {
  for (std::uint32_t link = 0; link < links.size(); ++link) {
    for (std::size_t group = 0; group < wade_groups; ++group) {
      free_costs_[group][link] =
          links.length_m[link] / std::min(links.free_speed_mps[link], group_speed_mps[group]);
    }
    set_cost(link);
  }
}

void RouteBook::set_cost(std::uint32_t link) {
  for (std::size_t group = 0; group < wade_groups; ++group) {
    const bool may_enter = ((links_.may_enter[link] >> group) & 1U) != 0;
    const double now =
        links_.length_m[link] / std::min(speed_mps_[link], group_speed_mps[group]) + delay_s_[link];
    const auto which = static_cast<WadeGroup>(group);
    costs_[index(which, false)][link] = may_enter ? free_costs_[group][link] : unreachable;
    costs_[index(which, true)][link] = may_enter ? now : unreachable;
  }
}

std::uint32_t RouteBook::tree(std::uint32_t destination, WadeGroup group, bool informed) {
  const auto number = static_cast<std::uint32_t>(trees_.size());
  const auto [place, added] = by_key_.try_emplace({destination, group, informed}, number);
  if (!added) return place->second;
  Tree tree;
  tree.destination = destination;
  tree.group = group;
  tree.informed = informed;
  const auto other = by_key_.find({destination, group, !informed});
  if (other != by_key_.end()) {
    tree.free = trees_[other->second].free;
  } else {
    tree.free = static_cast<std::uint32_t>(free_.size());
    free_.push_back({destination, group, {}});
  }
  trees_.push_back(std::move(tree));
  return number;
}

Micros RouteBook::free_time(std::uint32_t tree, std::uint32_t junction) const {
  return static_cast<Micros>(free_[trees_[tree].free].cost[junction] * micros_per_second);
}

void RouteBook::take_over(const LinkTable::Changes& changes) {
  for (const std::uint32_t link : changes.altered) set_cost(link);
  for (std::size_t group = 0; group < wade_groups; ++group) {
    if (((changes.groups >> group) & 1U) != 0) ++versions_[group];
  }
}

bool RouteBook::outdated(std::uint32_t tree) const {
  return trees_[tree].version != versions_[static_cast<std::size_t>(trees_[tree].group)];
}

bool RouteBook::still_best(const Tree& tree) const {
  const std::vector<double>& cost = costs_[index(tree.group, tree.informed)];
  // The conditions of Bellman: no link is a shorter way, and each next link is worth its cost.
  for (std::uint32_t link = 0; link < cost.size(); ++link) {
    const std::uint32_t from = links_.from[link];
    const double over = tree.cost[links_.to[link]] + cost[link];
    if (over < tree.cost[from]) return false;
    if (tree.next[from] == link && over != tree.cost[from]) return false;
  }
  return true;
}

void RouteBook::refresh(std::span<const double> delay_s) {
  for (std::uint32_t link = 0; link < links_.size(); ++link) {
    const double before = links_.length_m[link] / speed_mps_[link] + delay_s_[link];
    const double now = links_.length_m[link] / links_.speed_mps[link] + delay_s[link];
    if (std::abs(now - before) <= noticed_share * before) continue;
    speed_mps_[link] = links_.speed_mps[link];
    delay_s_[link] = delay_s[link];
    set_cost(link);
  }
  arena_.for_each_part(trees_.size(), [this](std::size_t part) {
    Tree& tree = trees_[part];
    if (!tree.marked && !still_best(tree)) tree.marked = true;
    if (!tree.marked) tree.version = versions_[static_cast<std::size_t>(tree.group)];
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
      RouteTree found = graph_.routes_to(std::span(&tree.destination, 1),
                                         costs_[index(tree.group, tree.informed)]);
      tree.next = std::move(found.link);
      tree.cost = std::move(found.cost);
      tree.version = versions_[static_cast<std::size_t>(tree.group)];
      tree.marked = false;
    } else {
      FreeTree& tree = free_[due_free[part - due.size()]];
      tree.cost = graph_
                      .routes_to(std::span(&tree.destination, 1),
                                 free_costs_[static_cast<std::size_t>(tree.group)])
                      .cost;
    }
  });
}

}  // namespace kontwin::traffic
