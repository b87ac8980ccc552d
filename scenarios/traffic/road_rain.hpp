#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/rain_field.hpp"
#include "scenarios/traffic/link_layers.hpp"

namespace kontwin::traffic {

/// The rain that drives a branch, as its roads feel it: on each link what its intensity in the
/// middle of the link, in whole millimetres an hour, leaves of speed and capacity (rain_effects).
class RoadRain {
 public:
  /// Throws ScenarioError where a series of rain is not usable.
  RoadRain(const World& world, const Forcing& forcing, const Network& network, LinkLayers& layers);

  /// Sets the layers of links whose rain changed, for the window from `from` to `to`.
  void update(Instant from, Instant to, LinkLayers& layers);

 private:
  RainField field_;
  std::uint32_t owner_;
  std::vector<std::vector<std::uint32_t>> links_;  // [series]
  std::vector<long> mmph_;                         // [series] in effect
};

}  // namespace kontwin::traffic
