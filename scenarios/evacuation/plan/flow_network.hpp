#pragma once

#include <cstdint>
#include <vector>

namespace kontwin::evacuation {

/// What flows, in whole units: people, hundredths of a car, or whatever the network is counted in.
using Amount = std::int64_t;

/// More than any network carries, and far enough from the end of the range to add up.
inline constexpr Amount boundless = Amount{1} << 60;

/// Nodes and directed arcs with capacities and costs, as columns by arc. Arcs may run in parallel,
/// back, or from a node to itself.
struct FlowNetwork {
  std::uint32_t nodes = 0;
  std::vector<std::uint32_t> from, to;  ///< [arc] each below `nodes`
  std::vector<Amount> capacity;         ///< [arc] 0 to boundless
  std::vector<std::int64_t> cost;       ///< [arc] of one unit

  std::size_t arcs() const { return from.size(); }
  std::uint32_t add_node() { return nodes++; }
  /// Appends an arc; its number.
  std::uint32_t add(std::uint32_t tail, std::uint32_t head, Amount most,
                    std::int64_t unit_cost = 0) {
    from.push_back(tail);
    to.push_back(head);
    capacity.push_back(most);
    cost.push_back(unit_cost);
    return static_cast<std::uint32_t>(from.size() - 1);
  }
};

}  // namespace kontwin::evacuation
