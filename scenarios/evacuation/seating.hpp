#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/evacuation/households.hpp"

namespace kontwin::evacuation {

/// What people who travel together have for it.
enum class Vehicle : std::uint8_t { none, motorbike, car, coach };

/// Members of a household who travel together.
struct Seated {
  Vehicle vehicle = Vehicle::none;
  std::uint32_t people = 0;
  bool picked_up = false;  ///< cannot leave by themselves
};

/// How a household that has no seats in a coach splits up: a car takes five; without one, those who
/// need help wait to be picked up with one of the others; the rest walk, or ride three to a
/// motorbike. Takes the members in their order, so that the parts add up.
std::vector<Seated> seated(const Household& household, std::span<const Person> members);

}  // namespace kontwin::evacuation
