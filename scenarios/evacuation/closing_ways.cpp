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
  last_s_.clear();
}

double ClosingWays::last_departure_s(std::uint32_t from, std::uint32_t to, Mover::Kind vehicle) {
  return any() ? last_s_to(to, vehicle)[from] : never_s;
}

const std::vector<double>& ClosingWays::last_s_to(std::uint32_t to, Mover::Kind vehicle) {
  std::vector<double>& last_s = last_s_[{to, vehicle}];
  if (!last_s.empty()) return last_s;
  std::vector<double>& link_s = link_s_[vehicle];
  if (link_s.empty()) link_s = travel_.link_times(vehicle);
  const RouteTree tree = graph_.routes_to(std::span(&to, 1), link_s);
  std::vector<std::uint32_t> nearest_first(tree.cost.size());
  std::iota(nearest_first.begin(), nearest_first.end(), 0U);
  std::ranges::stable_sort(nearest_first, {},
                           [&tree](std::uint32_t junction) { return tree.cost[junction]; });
  last_s.assign(tree.cost.size(), -never_s);
  for (const std::uint32_t junction : nearest_first) {
    if (!(tree.cost[junction] < unreachable)) break;
    const std::uint32_t link = tree.link[junction];
    last_s[junction] = link == no_row
                           ? never_s
                           : std::min(last_s[graph_.to(link)], closes_s_[link]) - link_s[link];
  }
  return last_s;
}

}  // namespace kontwin::evacuation
