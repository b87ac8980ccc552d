#pragma once

#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

/// Slower than this a vehicle stands.
inline constexpr double standing_mps = 0.3;

/// How long a vehicle has stood.
inline double stood_s(const ZoneState& zone, const Vehicle& vehicle) {
  return vehicle.stands ? static_cast<double>(zone.step - vehicle.stood_from) * zone.options.step_s
                        : 0;
}

/// Whether it stands at the end of its lane.
inline bool stands_at_line(const ZoneState& zone, std::uint32_t row) {
  constexpr double at_line_m = 6;
  return zone.rows.speed_mps[row] < standing_mps && zone.to_end_m(row) < at_line_m;
}

}  // namespace kontwin::traffic::micro
