#pragma once

#include "scenarios/traffic/link_state.hpp"

namespace kontwin::traffic {

/// What a link's own row says of it: as columns of a world, or as edits on a network without one.
struct LinkInputs {
  double open = 1, capacity_factor = 1, limit_mps = 0, debris = 0, water_m = 0;
  double impassable_for = 0;  ///< as the column: who would be swept off by the water
  friend bool operator==(const LinkInputs&, const LinkInputs&) = default;
};

/// An open, dry link at its own speed.
LinkInputs usual_inputs(const Network& network, std::uint32_t link);

/// Writes the columns of a link. Kinds that could not get past it so far, as `state` says, wait
/// until its water is well below their limit (too_deep_for).
void set_link(LinkState& state, const Network& network, std::uint32_t link,
              const LinkInputs& inputs);

}  // namespace kontwin::traffic
