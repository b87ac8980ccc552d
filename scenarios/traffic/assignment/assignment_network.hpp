#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "scenarios/traffic/assignment/link_costs.hpp"

namespace kontwin::traffic {

/// A network as static assignment sees it: directed links between nodes, and what they cost.
struct AssignmentNetwork {
  std::size_t nodes = 0;
  std::vector<std::uint32_t> from, to;  ///< [link] node
  LinkCosts costs;                      ///< [link]
  /// [node] 1: trips may begin and end there, but nobody drives through (a zone's centre). Empty:
  /// all nodes may be driven through.
  std::vector<std::uint8_t> ends_only;

  std::size_t links() const { return from.size(); }
};

/// So much wants to go from one node to another in the time that flows are counted by.
struct OdFlow {
  std::uint32_t from = 0, to = 0;
  double flow = 0;
};

}  // namespace kontwin::traffic
