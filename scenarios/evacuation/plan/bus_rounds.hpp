#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace kontwin::evacuation {

/// People at one place who need a bus, or a boat, to one shelter or landing.
struct BusDemand {
  std::uint32_t people = 0;
  double way_s = 0;    ///< one way
  double ready_s = 0;  ///< they do not board before
};

struct BusFleet {
  std::uint32_t buses = 20;
  std::uint32_t places = 30;
  double boarding_s = 300;  ///< and as much to get off
};

/// Buses that serve one demand, one round after the other.
struct BusShift {
  std::uint32_t demand = 0;
  std::uint32_t buses = 0;
  std::uint32_t rounds = 0;  ///< that each of them makes
  double starts_s = 0;
  double done_s = 0;  ///< the last of its people are out of the bus
};

/// Shares a fleet among demands such that the last people arrive early: trip by trip, those that
/// are ready first, of these the longest first, each by the bus that is free first (Graham 1969). A
/// bus stands where its people go, and drives empty for as long as the way is long before each
/// trip. Trips of a bus that follow on each other are one shift, and so are buses that do the same.
/// Empty without buses; throws ScenarioError where a bus has no place, or a way has no length that
/// can be counted.
std::vector<BusShift> plan_bus_rounds(std::span<const BusDemand> demands, const BusFleet& fleet);

}  // namespace kontwin::evacuation
