#include "scenarios/traffic/control/incident_capacity.hpp"

#include <algorithm>
#include <array>

namespace kontwin::traffic {

double incident_capacity(int lanes, int blocked) {
  constexpr int most_lanes = 8;
  constexpr int most_blocked = 3;
  // [lanes - 2][blocked - 1]
  constexpr std::array<std::array<double, most_blocked>, most_lanes - 1> left{{
      {0.35, 0, 0},
      {0.49, 0.17, 0},
      {0.58, 0.25, 0.13},
      {0.65, 0.40, 0.20},
      {0.71, 0.50, 0.26},
      {0.75, 0.57, 0.36},
      {0.78, 0.63, 0.41},
  }};
  if (blocked <= 0) return 1;
  if (blocked >= lanes) return 0;
  const int known_lanes = std::min(lanes, most_lanes);
  const int known_blocked = std::min({blocked, most_blocked, known_lanes - 1});
  const double share =
      left[static_cast<std::size_t>(known_lanes - 2)][static_cast<std::size_t>(known_blocked - 1)];
  if (known_lanes == lanes && known_blocked == blocked) return share;
  const double of_each_open_lane = share * known_lanes / (known_lanes - known_blocked);
  return of_each_open_lane * (lanes - blocked) / lanes;
}

}  // namespace kontwin::traffic
