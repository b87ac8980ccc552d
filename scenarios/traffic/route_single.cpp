// Ways of single vehicles.
#include <algorithm>
#include <array>
#include <mutex>
#include <optional>

#include "scenarios/traffic/route_book.hpp"
#include "twin/landmarks.hpp"

namespace kontwin::traffic {

/// Made when the first vehicle of a kind asks; all branches share them.
struct RouteBook::LandmarksByKind {
  std::array<std::once_flag, vehicle_kinds> asked;
  std::array<std::optional<Landmarks>, vehicle_kinds> made;
};

std::shared_ptr<RouteBook::LandmarksByKind> RouteBook::no_landmarks() {
  return std::make_shared<LandmarksByKind>();
}

const Landmarks* RouteBook::landmarks(VehicleKind kind) const {
  const auto which = static_cast<std::size_t>(kind);
  if (faster_than_free_[which]) return nullptr;
  std::call_once(landmarks_->asked[which], [&] {
    landmarks_->made[which].emplace(*states_->graph, free_costs_[which].edge);
  });
  return &*landmarks_->made[which];
}

std::vector<std::uint32_t> RouteBook::way_over(std::span<const std::uint32_t> firsts,
                                               const Destination& to, VehicleKind kind,
                                               bool informed) const {
  kind = plans_as_[static_cast<std::size_t>(kind)];
  const Costs& costs = costs_[index(kind, informed)];
  const bool to_link = to.kind == Destination::Kind::link;
  if (to_link && !(costs.link[to.row] < unreachable)) return {};
  std::vector<RouteStart> starts;
  for (const std::uint32_t first : firsts) {
    if (!(costs.link[first] < unreachable)) continue;
    if (to_link && first == to.row) return {first};
    starts.push_back({states_->of_link[first], costs.link[first]});
  }
  auto found = states_->graph->shortest_route(starts, targets(to), costs.edge, landmarks(kind));
  if (!found) return {};
  std::vector<std::uint32_t> links(1, no_row);
  for (const std::uint32_t first : firsts) {
    const bool better = links[0] == no_row || costs.link[first] < costs.link[links[0]];
    if (states_->of_link[first] == found->from && better) links[0] = first;
  }
  for (const std::uint32_t edge : found->links) links.push_back(states_->edge_link[edge]);
  if (to_link) links.push_back(to.row);
  return links;
}

std::vector<std::uint32_t> RouteBook::route(std::uint32_t first, const Destination& to,
                                            VehicleKind kind, bool informed) const {
  return way_over({&first, 1}, to, kind, informed);
}

std::vector<std::uint32_t> RouteBook::route_from(std::uint32_t junction, const Destination& to,
                                                 VehicleKind kind, bool informed) const {
  return way_over(network_.out_links(junction), to, kind, informed);
}

}  // namespace kontwin::traffic
