#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

/// A vehicle as it would be at a place across and along a lane of the zone.
struct Body {
  std::uint32_t lane = no_row;
  std::uint32_t slot = no_row;  ///< itself, not to be seen as its own neighbour; no_row: a newcomer
  std::uint32_t type = 0;
  double position_m = 0, lateral_m = 0, speed_mps = 0;
};

/// Who is around it, counting those only that it would touch if it or they drove on.
struct Surroundings {
  bool free = true;  ///< nobody beside, and all can still stop behind each other
  double gap_ahead_m = nothing_near_m, ahead_mps = 0;
  double gap_behind_m = nothing_near_m;
  std::uint32_t row_behind = no_row;  ///< nearest behind in the same lane
  /// Somebody behind in the same lane is committed to a turn: whoever came in before it could hold
  /// it up in a junction.
  bool in_its_way = false;
};

/// From where to where across a lane the middle of a vehicle can be. Wider ones than the lane stay
/// in its middle.
struct Side {
  double least_m = 0, most_m = 0;
  double clamp(double lateral_m) const { return std::clamp(lateral_m, least_m, most_m); }
};
inline Side side_room(double lane_width_m, double width_m, double edge_m) {
  const double half = 0.5 * width_m + edge_m;
  if (lane_width_m < 2 * half) return {0.5 * lane_width_m, 0.5 * lane_width_m};
  return {half, lane_width_m - half};
}

/// Where across the lane it goes to a vehicle will be: no nearer to its edges than it must.
inline double lateral_beyond_m(const ZoneState& zone, std::uint32_t row, std::uint32_t target) {
  return side_room(zone.map.lane[target].width_m, zone.width_m(row), 0)
      .clamp(zone.rows.lateral_m[row]);
}

/// How many paths a lane has for a type, and the middle of one, counted from the outer edge.
int paths_of(const ZoneState& zone, std::uint32_t lane, std::uint32_t type);
double path_m(const ZoneState& zone, std::uint32_t lane, std::uint32_t type, int path);

/// First row of a lane that is behind a position (or at it).
std::uint32_t first_behind(const ZoneState& zone, std::uint32_t lane, double position_m);

/// Looks around a body: in its lane, at the rears still in it of those who have left it, and at
/// those who come into it for certain from before its start.
Surroundings look_around(const ZoneState& zone, const Body& body);

}  // namespace kontwin::traffic::micro
