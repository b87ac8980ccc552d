#include "scenarios/traffic/equilibrium/time_routes.hpp"

#include <algorithm>
#include <utility>

#include "twin/guided_search.hpp"

namespace kontwin::traffic {

TimeRoutes::TimeRoutes(std::shared_ptr<const Network> network, std::span<const VehicleType> types)
    : network_(std::move(network)), states_(std::make_shared<const RouteStates>(*network_)) {
  const auto speeds_mps = planned_speeds(types);
  bounds_ = std::make_shared<RouteBounds>(*network_, states_, speeds_mps);
  for (std::size_t kind = 0; kind < vehicle_kinds; ++kind) {
    for (std::uint32_t link = 0; link < network_->links(); ++link) {
      const bool may = contains(network_->allowed[link], static_cast<VehicleKind>(kind));
      const double speed_mps = std::min(network_->free_speed_mps[link], speeds_mps[kind]);
      free_s_[kind].push_back(may ? network_->length_m[link] / speed_mps : unreachable);
    }
  }
}

double TimeRoutes::find(std::uint32_t from_link, std::uint32_t to_link, VehicleKind kind,
                        double depart_s, const LinkTimes& times,
                        std::vector<std::uint32_t>& links) const {
  const auto which = static_cast<std::size_t>(kind);
  links.assign(1, from_link);
  const double start_s = pass(from_link, which, depart_s, times);
  if (from_link == to_link || !(start_s < unreachable)) return start_s;

  thread_local std::vector<std::uint32_t> ends;
  ends.clear();
  for (std::uint32_t edge = states_->edges_begin[to_link]; edge < states_->edges_begin[to_link + 1];
       ++edge) {
    ends.push_back(states_->edge_from[edge]);
  }
  const Landmarks& landmarks = bounds_->of(kind);
  const auto bound = [&](std::uint32_t state) {
    double least = unreachable;
    for (const std::uint32_t end : ends) least = std::min(least, landmarks.bound(state, end));
    return least;
  };
  const auto cost = [&](std::uint32_t edge, double at_s) {
    return pass(states_->edge_link[edge], which, at_s, times);
  };
  thread_local SearchLabels labels;
  double reached_s = unreachable;
  const std::uint32_t end = guided_search(*states_->graph, states_->of_link[from_link], start_s,
                                          ends, unreachable, cost, bound, labels, reached_s);
  if (end == no_row) return unreachable;
  thread_local std::vector<std::uint32_t> edges;
  labels.way_to(*states_->graph, end, edges);
  for (const std::uint32_t edge : edges) links.push_back(states_->edge_link[edge]);
  links.push_back(to_link);
  return pass(to_link, which, reached_s, times);
}

double TimeRoutes::drive(std::span<const std::uint32_t> links, VehicleKind kind, double depart_s,
                         const LinkTimes& times) const {
  double at_s = depart_s;
  for (const std::uint32_t link : links) {
    at_s = pass(link, static_cast<std::size_t>(kind), at_s, times);
  }
  return at_s;
}

}  // namespace kontwin::traffic
