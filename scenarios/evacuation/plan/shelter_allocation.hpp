#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace kontwin::evacuation {

/// People of one group who are allotted to one shelter.
struct Allotment {
  std::uint32_t group = 0;
  std::uint32_t shelter = 0;
  std::uint32_t people = 0;
};

struct ShelterAllocation {
  std::vector<Allotment> allotments;  ///< by group, then shelter
  std::vector<std::uint32_t> left;    ///< [group] people for whom there is no room, or no way
  double person_seconds = 0;          ///< the sum of people x time
};

/// Allots groups of people to shelters with room such that as many as can have a place, and the sum
/// of their travel times is the least that this allows: a flow of least cost. `time_s(group)` gives
/// the travel time to each shelter; infinite where there is no way. Only the shelters near a group
/// enter the flow at first, and then whichever its prices show to be missing, so that the answer is
/// that of all pairs. Times are counted in whole seconds.
///
/// Throws ScenarioError where a time is below 0, or too long to be counted.
ShelterAllocation allocate_shelters(
    std::span<const std::uint32_t> people, std::span<const std::uint32_t> room,
    const std::function<std::span<const double>(std::uint32_t)>& time_s);

}  // namespace kontwin::evacuation
