#include "scenarios/traffic/equilibrium/time_routes.hpp"

#include <algorithm>
#include <utility>

#include "twin/guided_search.hpp"

namespace kontwin::traffic {

TimeRoutes::TimeRoutes(std::shared_ptr<const Network> network, std::span<const VehicleType> types)
    : network_(std::move(network)),
      // Who turns waits otherwise than who drives on, so what one comes from matters everywhere.
      states_(std::make_shared<const RouteStates>(*network_, RouteStates::Apart::everywhere)) {
  std::ranges::copy(planned_speeds(types), speeds_mps_.begin());
  bounds_ = std::make_shared<RouteBounds>(*network_, states_, speeds_mps_);
  for (std::size_t kind = 0; kind < vehicle_kinds; ++kind) {
    for (std::uint32_t link = 0; link < network_->links(); ++link) {
      const bool may = contains(network_->allowed[link], static_cast<VehicleKind>(kind));
      const double speed_mps = std::min(network_->free_speed_mps[link], speeds_mps_[kind]);
      free_s_[kind].push_back(may ? network_->length_m[link] / speed_mps : unreachable);
    }
  }
  std::vector<std::uint32_t> link_of(states_->graph->junctions());
  for (std::uint32_t link = 0; link < network_->links(); ++link) {
    link_of[states_->of_link[link]] = link;
  }
  for (std::size_t edge = 0; edge < states_->edge_link.size(); ++edge) {
    edge_turn_.push_back(
        network_->find_turn(link_of[states_->edge_from[edge]], states_->edge_link[edge]));
  }
}

double TimeRoutes::find(std::uint32_t from_link, std::uint32_t to_link, VehicleKind kind,
                        double depart_s, const LinkTimes& times,
                        std::vector<std::uint32_t>& links) const {
  links.assign(1, from_link);
  const double start_s = ready_s(from_link, kind, depart_s);
  if (!(start_s < unreachable)) return unreachable;
  if (from_link == to_link) return times.exit_s(to_link, start_s);

  const std::uint32_t end = states_->of_link[to_link];
  const Landmarks& landmarks = bounds_->of(kind);
  const double share = changes_.slowest_share();
  const auto bound = [&](std::uint32_t state) { return share * landmarks.bound(state, end); };
  // At a state one is ready to leave its link.
  const auto cost = [&](std::uint32_t edge, double at_s) {
    if (!contains(states_->edge_kinds[edge], kind)) return unreachable;
    const std::uint32_t turn = edge_turn_[edge];
    return ready_s(states_->edge_link[edge], kind,
                   times.exit_s(network_->turn_from[turn], turn, at_s));
  };
  thread_local SearchLabels labels;
  double reached_s = unreachable;
  const std::uint32_t reached =
      guided_search(*states_->graph, states_->of_link[from_link], start_s, std::span(&end, 1),
                    unreachable, cost, bound, labels, reached_s);
  if (reached == no_row) return unreachable;
  thread_local std::vector<std::uint32_t> edges;
  labels.way_to(*states_->graph, end, edges);
  for (const std::uint32_t edge : edges) links.push_back(states_->edge_link[edge]);
  return times.exit_s(to_link, reached_s);
}

double TimeRoutes::drive(std::span<const std::uint32_t> links, VehicleKind kind, double depart_s,
                         const LinkTimes& times) const {
  double at_s = depart_s;
  for (std::size_t i = 0; i < links.size(); ++i) {
    at_s = ready_s(links[i], kind, at_s);
    if (!(at_s < unreachable)) return unreachable;
    if (i + 1 == links.size()) return times.exit_s(links[i], at_s);
    const std::uint32_t turn = network_->find_turn(links[i], links[i + 1]);
    if (turn == no_row || !contains(network_->turn_allowed[turn], kind)) return unreachable;
    at_s = times.exit_s(links[i], turn, at_s);
  }
  return at_s;
}

}  // namespace kontwin::traffic
