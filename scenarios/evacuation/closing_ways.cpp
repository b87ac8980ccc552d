#include "scenarios/evacuation/closing_ways.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace kontwin::evacuation {

namespace {

constexpr double never_s = std::numeric_limits<double>::infinity();

}  // namespace

void ClosingWays::announce(std::span<const EvacuationPlan::ClosingRoad> roads, double first_s) {
  if (!roads.empty()) closes_s_.resize(graph_.links(), never_s);
  for (const EvacuationPlan::ClosingRoad& one : roads) {
    closes_s_[one.road] = std::min(closes_s_[one.road], first_s + one.at_s);
  }
  forget();
}

void ClosingWays::forget() {
  link_s_.clear();
  ways_.clear();
}

double ClosingWays::last_departure_s(std::uint32_t from, std::uint32_t to, Mover::Kind vehicle) {
  return any() ? ways_to(to, vehicle).last_s[from] : never_s;
}

std::uint32_t ClosingWays::missed(std::uint32_t from, std::uint32_t to, Mover::Kind vehicle,
                                  double at_s) {
  if (!any()) return 0;
  const RouteTree& tree = ways_to(to, vehicle).tree;
  const std::vector<double>& link_s = link_s_[vehicle];
  std::uint32_t count = 0;
  for (std::uint32_t link = tree.link[from]; link != no_row; link = tree.link[graph_.to(link)]) {
    at_s += link_s[link];
    if (at_s > closes_s_[link]) ++count;
  }
  return count;
}

const ClosingWays::Ways& ClosingWays::ways_to(std::uint32_t to, Mover::Kind vehicle) {
  Ways& ways = ways_[{to, vehicle}];
  if (!ways.last_s.empty()) return ways;
  std::vector<double>& link_s = link_s_[vehicle];
  if (link_s.empty()) link_s = travel_.link_times(vehicle);
  ways.tree = graph_.routes_to(std::span(&to, 1), link_s);
  const RouteTree& tree = ways.tree;
  std::vector<std::uint32_t> nearest_first(tree.cost.size());
  std::iota(nearest_first.begin(), nearest_first.end(), 0U);
  std::ranges::stable_sort(nearest_first, {},
                           [&tree](std::uint32_t junction) { return tree.cost[junction]; });
  ways.last_s.assign(tree.cost.size(), -never_s);
  for (const std::uint32_t junction : nearest_first) {
    if (!(tree.cost[junction] < unreachable)) break;
    const std::uint32_t link = tree.link[junction];
    if (link == no_row) {
      ways.last_s[junction] = never_s;
    } else {
      const double there_s = std::min(ways.last_s[graph_.to(link)], closes_s_[link]);
      ways.last_s[junction] = there_s - link_s[link];
    }
  }
  return ways;
}

}  // namespace kontwin::evacuation
