// Ways of single vehicles.
#include <algorithm>

#include "scenarios/traffic/route_book.hpp"
#include "twin/guided_search.hpp"

namespace kontwin::traffic {

double RouteBook::find_route(std::uint32_t first, const Destination& to, VehicleKind kind,
                             bool informed, double limit_s,
                             std::vector<std::uint32_t>& links) const {
  const VehicleKind plans_as = plans_as_[static_cast<std::size_t>(kind)];
  const Costs& costs = costs_[index(plans_as, informed)];
  const bool to_link = to.kind == Destination::Kind::link;
  links.assign(1, first);
  if (to_link ? first == to.row : network_.to[first] == to.row) return costs.link[first];
  const std::vector<std::uint32_t> ends = targets(to, plans_as);
  const Landmarks& landmarks = bounds_->of(plans_as);
  const auto bound = [&](std::uint32_t state) {
    double least = unreachable;
    for (const std::uint32_t end : ends) least = std::min(least, landmarks.bound(state, end));
    return bound_share_ * least;
  };
  const auto cost = [&costs](std::uint32_t edge, double at) { return at + costs.edge[edge]; };
  const double last_s = to_link ? costs.link[to.row] : 0;
  double reached = unreachable;
  thread_local SearchLabels labels;
  const std::uint32_t end =
      guided_search(*states_->graph, states_->of_link[first], costs.link[first], ends,
                    limit_s - last_s, cost, bound, labels, reached);
  if (end == no_row) return unreachable;
  thread_local std::vector<std::uint32_t> edges;
  labels.way_to(*states_->graph, end, edges);
  for (const std::uint32_t edge : edges) links.push_back(states_->edge_link[edge]);
  if (to_link) links.push_back(to.row);
  return reached + last_s;
}

std::vector<std::uint32_t> RouteBook::route(std::uint32_t first, const Destination& to,
                                            VehicleKind kind, bool informed, double limit_s) const {
  std::vector<std::uint32_t> links;
  if (!(find_route(first, to, kind, informed, limit_s, links) < unreachable)) links.clear();
  return links;
}

std::vector<std::uint32_t> RouteBook::route_from(std::uint32_t junction, const Destination& to,
                                                 VehicleKind kind, bool informed) const {
  std::vector<std::uint32_t> best;
  double least = unreachable;
  std::vector<std::uint32_t> links;
  for (const std::uint32_t link : network_.out_links(junction)) {
    const double seconds = find_route(link, to, kind, informed, least, links);
    if (seconds >= least) continue;
    least = seconds;
    best = links;
  }
  return best;
}

}  // namespace kontwin::traffic
