#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "scenarios/evacuation/plan/flow_network.hpp"

namespace kontwin::evacuation {

/// Whole steps of time. What enters an arc in step s leaves it in step s + travel.
using Step = std::int32_t;

/// An arc without a last step of entry never closes.
inline constexpr Step never_closes = std::numeric_limits<Step>::max();

/// A network through which things take time (Ford and Fulkerson 1958).
struct DynamicNetwork {
  std::uint32_t nodes = 0;
  std::vector<std::uint32_t> from, to;  ///< [arc]
  std::vector<Amount> capacity;         ///< [arc] that may enter in one step
  std::vector<Step> travel;             ///< [arc] 0 or more
  std::vector<Step> last_entry;         ///< [arc] the last step in which anything may enter

  std::size_t arcs() const { return from.size(); }
  std::uint32_t add(std::uint32_t tail, std::uint32_t head, Amount per_step, Step steps,
                    Step closes = never_closes) {
    from.push_back(tail);
    to.push_back(head);
    capacity.push_back(per_step);
    travel.push_back(steps);
    last_entry.push_back(closes);
    return static_cast<std::uint32_t>(from.size() - 1);
  }
};

}  // namespace kontwin::evacuation
