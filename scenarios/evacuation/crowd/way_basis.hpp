#pragma once

#include <span>
#include <vector>

#include "scenarios/evacuation/crowd/way_openings.hpp"
#include "scenarios/evacuation/crowd/way_seeds.hpp"

namespace kontwin::crowd {

/// What all ways over a ground go by as it is now, for bodies of one size, wherever they lead.
struct WayBasis {
  const Ground& ground;
  double body_radius_m;
  std::vector<float> slowness;  ///< [cell] what a metre counts as; infinity: nobody walks there
  WayOpenings openings;

  /// As for way_to: throws ScenarioError when `speed` does not fit the ground.
  WayBasis(const Ground& on, double radius_m, std::span<const float> speed);
  WayCells cells() const { return {ground, slowness, body_radius_m}; }
};

/// The way to a goal, by a basis that goals share.
WayField way_to(const WayBasis& basis, const Goal& goal);

}  // namespace kontwin::crowd
