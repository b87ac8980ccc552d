#pragma once

#include <optional>

#include "scenarios/evacuation/plan/dynamic_network.hpp"

namespace kontwin::evacuation {

/// The most that can leave `source` from step 0 on and be at `sink` by step `last`: the temporally
/// repeated flow of Ford and Fulkerson (1958), found as a circulation of least cost. 0 where `last`
/// is negative. Throws ScenarioError where the network is none, or has arcs that close.
Amount maximum_dynamic_flow(const DynamicNetwork& network, std::uint32_t source, std::uint32_t sink,
                            Step last);

/// The step by which `amount` can have come from `source` to `sink`, by Newton's method on the
/// maximum dynamic flow, which is convex in time (Burkard, Dlaska and Klinz 1993). Along a single
/// path: the sum of its travel times, plus amount over its least capacity rounded up, less 1. 0 for
/// nothing; nothing where there is no way, or it takes more steps than can be counted.
std::optional<Step> quickest_flow(const DynamicNetwork& network, std::uint32_t source,
                                  std::uint32_t sink, Amount amount);

}  // namespace kontwin::evacuation
