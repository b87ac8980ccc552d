#pragma once

#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

/// Lets riders choose their path and all vehicles move across their lane towards where they want to
/// be, from the head of each lane backwards, each seeing where those before it have moved to.
/// Nobody moves who is going over the end of the lane for certain, or whose rear is not in the lane
/// yet.
void move_across(ZoneState& zone);

/// Towards which side a vehicle must change lanes for its turn: +1 inwards, -1 outwards, 0 not.
int needed_side(const ZoneState& zone, std::uint32_t row);

/// How much faster than the one it passes a vehicle drives at so much room between them.
inline double passing_mps(const LateralOptions& options, double side_gap_m) {
  constexpr double base_gap_m = 0.1;
  return std::max(1.0,
                  options.pass_speed_mps + options.pass_gain_per_s * (side_gap_m - base_gap_m));
}

}  // namespace kontwin::traffic::micro
