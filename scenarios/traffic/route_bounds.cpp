#include "scenarios/traffic/route_bounds.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace kontwin::traffic {

RouteBounds::RouteBounds(const Network& network, std::shared_ptr<const RouteStates> states,
                         std::span<const double> top_speed_mps)
    : network_(network), states_(std::move(states)) {
  std::ranges::copy(top_speed_mps, top_speed_mps_.begin());
}

const Landmarks& RouteBounds::of(VehicleKind kind) {
  const auto which = static_cast<std::size_t>(kind);
  Made& made = made_[which];
  std::call_once(made.once, [&] {
    std::vector<double> least;
    least.reserve(states_->edge_link.size());
    for (const std::uint32_t link : states_->edge_link) {
      least.push_back(network_.length_m[link] /
                      std::min(network_.free_speed_mps[link], top_speed_mps_[which]));
    }
    made.landmarks.emplace(*states_->graph, least);
  });
  return *made.landmarks;
}

}  // namespace kontwin::traffic
