#include "twin/landmarks.hpp"

#include <algorithm>
#include <limits>

namespace kontwin {

namespace {

/// Costs are kept in single precision: what rounding may add to a difference of two of them.
constexpr float rounding = 2 * std::numeric_limits<float>::epsilon();

constexpr float nowhere = std::numeric_limits<float>::infinity();

/// `whole` less `part`, and less what rounding may have added.
float bound(float whole, float part) { return whole * (1 - rounding) - part * (1 + rounding); }

}  // namespace

Landmarks::Landmarks(const RoadGraph& graph, std::span<const double> least_cost)
    : costs_(graph.junctions()) {
  if (costs_.empty()) return;
  // Each landmark is the junction farthest from those before, within their reach; the first one is
  // the farthest from where most links are connected.
  const std::vector<std::uint32_t> components = graph.components(least_cost);
  const auto start =
      static_cast<std::uint32_t>(std::ranges::find(components, 0U) - components.begin());
  std::vector<double> nearest = graph.routes_from(start, least_cost).cost;
  for (std::size_t number = 0; number < count; ++number) {
    std::uint32_t farthest = start;
    double most = 0;
    for (std::uint32_t junction = 0; junction < nearest.size(); ++junction) {
      if (components[junction] != 0 || !(nearest[junction] > most)) continue;
      most = nearest[junction];
      farthest = junction;
    }
    const std::vector<double> from = graph.routes_from(farthest, least_cost).cost;
    const std::vector<double> to = graph.routes_to({&farthest, 1}, least_cost).cost;
    for (std::size_t junction = 0; junction < costs_.size(); ++junction) {
      costs_[junction].from[number] = static_cast<float>(from[junction]);
      costs_[junction].to[number] = static_cast<float>(to[junction]);
      nearest[junction] =
          number == 0 ? from[junction] : std::min(nearest[junction], from[junction]);
    }
  }
}

Landmarks::Bounds Landmarks::towards(std::span<const std::uint32_t> targets) const {
  Bounds bounds;
  bounds.landmarks_ = this;
  bounds.from_.fill(nowhere);
  bounds.to_.fill(0);
  for (const std::uint32_t target : targets) {
    for (std::size_t number = 0; number < count; ++number) {
      bounds.from_[number] = std::min(bounds.from_[number], costs_[target].from[number]);
      bounds.to_[number] = std::max(bounds.to_[number], costs_[target].to[number]);
    }
  }
  return bounds;
}

double Landmarks::Bounds::to_go(std::uint32_t junction) const {
  const Costs& here = landmarks_->costs_[junction];
  float least = 0;
  for (std::size_t number = 0; number < count; ++number) {
    // The triangle's inequality, both ways round. What is out of reach of a landmark is infinite:
    // such a difference is infinite as well where it proves that there is no way, and otherwise
    // not above 0 (or not a number, which no comparison takes).
    const float outward = bound(from_[number], here.from[number]);
    const float inward = bound(here.to[number], to_[number]);
    if (outward > least) least = outward;
    if (inward > least) least = inward;
  }
  return static_cast<double>(least);
}

}  // namespace kontwin
