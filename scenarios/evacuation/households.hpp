#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/evacuation/evacuation_options.hpp"

namespace kontwin::evacuation {

/// How a household leaves.
enum class Means : std::uint8_t { on_foot, motorbike, car };

inline constexpr std::uint32_t motorbike_places = 3;  ///< two adults and a child
inline constexpr std::uint32_t car_places = 5;

/// One household, drawn from a stream of its own: what it is does not depend on any other.
struct Household {
  std::uint32_t people = 1;
  Means means = Means::motorbike;
  double willingness = 0;  ///< uniform in [0, 1): it leaves when below the share that leaves
  double delay_min = 0;    ///< from being told until it leaves
};

/// The households of a residence. The people are dealt out at random, at least one a household, so
/// that they add up. `households` not known (NaN) or 0: one for every 3.8 people.
std::vector<Household> households_of(std::uint32_t residence, std::uint64_t people,
                                     double households, const EvacuationOptions& options,
                                     std::uint64_t seed);

}  // namespace kontwin::evacuation
