#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/evacuation/evacuation_options.hpp"
#include "scenarios/evacuation/people.hpp"

namespace kontwin::evacuation {

/// How a household leaves.
enum class Means : std::uint8_t { on_foot, motorbike, car, coach };

inline constexpr std::uint32_t motorbike_places = 3;  ///< two adults and a child
inline constexpr std::uint32_t car_places = 5;
inline constexpr std::uint32_t coach_places = 45;

/// One household, drawn from a stream of its own: what it is does not depend on any other.
struct Household {
  std::uint32_t number = 0;  ///< within its zone
  std::uint32_t people = 1;
  Means means = Means::motorbike;
  double willingness = 0;  ///< uniform in [0, 1): it leaves when below the share that leaves
  double delay_min = 0;    ///< from hearing of it until it leaves
};

/// The households of a zone. The people are dealt out at random, at least one a household, so
/// that they add up. `households` not known (NaN) or 0: one for every 3.8 people.
std::vector<Household> households_of(std::uint32_t zone, std::uint64_t people, double households,
                                     const EvacuationOptions& options, std::uint64_t seed);

/// The groups of a zone of guests or visitors.
std::vector<Household> visitor_groups_of(std::uint32_t zone, std::uint64_t people,
                                         const EvacuationOptions& options, std::uint64_t seed);

/// The people of a household: those who need help first, then by age from the oldest; the first
/// of those who need none is never a child.
std::vector<Person> members_of(std::uint32_t zone, const Household& household,
                               const EvacuationOptions& options, std::uint64_t seed);

/// The patients of a hospital, each a household of one on foot, in the order in which they leave.
/// `needs` takes what each needs. They leave once they are ready, one after the other.
std::vector<Household> patients_of(std::uint32_t zone, std::uint64_t people,
                                   const EvacuationOptions& options, std::uint64_t seed,
                                   std::vector<Need>& needs);

}  // namespace kontwin::evacuation
