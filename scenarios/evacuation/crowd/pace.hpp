#pragma once

#include <algorithm>
#include <cmath>

namespace kontwin::crowd {

/// Share of the free speed left in smoke of an extinction coefficient: the regression of Frantzich
/// and Nilsson 2003 (Utrymning genom tät rök, Lund, report 3126) as fire models use it, 0.706 m/s
/// less 0.057 m²/s an inverse metre, never below a tenth.
inline double share_in_smoke(double extinction_per_m) {
  return std::max(0.1, 1 - 0.057 / 0.706 * extinction_per_m);
}

/// Share of the free speed left in standing water. At 0.35 m people are 42 % slower (Li, Song,
/// Zhang and Bode 2026, Acta Polytechnica CTU Proceedings 57: 39 % men, 45 % women) and deeper
/// water slows them less and less. That 0.35 of it is left from 0.9 m on is our reading.
inline double share_in_water(double depth_m) {
  if (depth_m <= 0) return 1;
  if (depth_m < 0.35) return 1 - 0.42 * depth_m / 0.35;
  return std::max(0.35, 0.58 - 0.23 * (depth_m - 0.35) / 0.55);
}

/// Share of the free speed on a ramp, along its slope (rise over length in plan): a tenth less at a
/// rise of 0.1, after Weidmann 1993; not quicker downwards.
inline double share_on_ramp(double slope) { return std::clamp(1 - slope, 0.4, 1.0); }

}  // namespace kontwin::crowd
