#include "scenarios/evacuation/seating.hpp"

#include <algorithm>

namespace kontwin::evacuation {

std::vector<Seated> seated(const Household& household, std::span<const Person> members) {
  std::vector<Seated> parts;
  auto left = static_cast<std::uint32_t>(members.size());
  const auto go = [&](Vehicle vehicle, std::uint32_t most, bool picked_up = false) {
    const std::uint32_t together = std::min(left, most);
    parts.push_back({vehicle, together, picked_up});
    left -= together;
  };
  const auto helpless = static_cast<std::uint32_t>(
      std::ranges::count_if(members, [](const Person& one) { return one.need != Need::none; }));
  if (household.means == Means::car) {
    go(Vehicle::car, car_places);
  } else if (helpless > 0) {
    go(Vehicle::none, helpless + 1, true);
  }
  if (left > 0 && household.means == Means::on_foot) go(Vehicle::none, left);
  while (left > 0) go(Vehicle::motorbike, motorbike_places);
  return parts;
}

}  // namespace kontwin::evacuation
