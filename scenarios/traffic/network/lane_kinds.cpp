#include "scenarios/traffic/network/lane_kinds.hpp"

namespace kontwin::traffic {

std::uint32_t nearest_lane(std::uint32_t lanes, std::uint32_t from) {
  // What `from` spreads over, a lane to each side at a time.
  std::uint32_t reached = from;
  while ((reached & lanes) == 0) reached |= (reached << 1U) | (reached >> 1U);
  const std::uint32_t found = reached & lanes;
  return found & (~found + 1);
}

std::uint32_t lanes_for(VehicleKind kind, std::span<const VehicleKinds> kinds) {
  std::uint32_t lanes = 0;
  for (std::size_t lane = 0; lane < kinds.size(); ++lane) {
    if (contains(kinds[lane], kind)) lanes |= 1U << lane;
  }
  return lanes;
}

std::uint32_t lanes_for_all(std::uint32_t lanes, std::span<const VehicleKinds> kinds,
                            VehicleKinds wanted) {
  std::uint32_t made = lanes;
  for (std::size_t which = 0; which < vehicle_kinds; ++which) {
    const auto kind = static_cast<VehicleKind>(which);
    if (!contains(wanted, kind)) continue;
    const std::uint32_t open = lanes_for(kind, kinds);
    if (open == 0 || (open & lanes) != 0) continue;
    made |= lanes == 0 ? open : nearest_lane(open, lanes);
  }
  return made;
}

}  // namespace kontwin::traffic
