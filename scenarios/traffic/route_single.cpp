// Ways of single vehicles.
#include <algorithm>

#include "scenarios/traffic/route_book.hpp"

namespace kontwin::traffic {

double RouteBook::find_route(std::uint32_t first, const Destination& to, VehicleKind kind,
                             bool informed, std::vector<std::uint32_t>& links) const {
  const Costs& costs = costs_[index(plans_as_[static_cast<std::size_t>(kind)], informed)];
  const bool to_link = to.kind == Destination::Kind::link;
  links.assign(1, first);
  if (to_link ? first == to.row : network_.to[first] == to.row) return costs.link[first];
  double least = unreachable;
  // A destination has few states, and almost always one.
  std::vector<std::uint32_t> states = targets(to, kind);
  std::ranges::sort(states);
  states.erase(std::ranges::unique(states).begin(), states.end());
  for (const std::uint32_t state : states) {
    const auto found = states_->graph->shortest_route(states_->of_link[first], state, costs.edge);
    if (!found || found->cost >= least) continue;
    least = found->cost;
    links.resize(1);
    for (const std::uint32_t edge : found->links) links.push_back(states_->edge_link[edge]);
  }
  if (to_link && least < unreachable) {
    links.push_back(to.row);
    least += costs.link[to.row];
  }
  return least + costs.link[first];
}

std::vector<std::uint32_t> RouteBook::route(std::uint32_t first, const Destination& to,
                                            VehicleKind kind, bool informed) const {
  std::vector<std::uint32_t> links;
  if (!(find_route(first, to, kind, informed, links) < unreachable)) links.clear();
  return links;
}

std::vector<std::uint32_t> RouteBook::route_from(std::uint32_t junction, const Destination& to,
                                                 VehicleKind kind, bool informed) const {
  std::vector<std::uint32_t> best;
  double least = unreachable;
  std::vector<std::uint32_t> links;
  for (const std::uint32_t link : network_.out_links(junction)) {
    const double seconds = find_route(link, to, kind, informed, links);
    if (seconds >= least) continue;
    least = seconds;
    best = links;
  }
  return best;
}

}  // namespace kontwin::traffic
