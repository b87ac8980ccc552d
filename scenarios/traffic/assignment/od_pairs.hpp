#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/assignment/bush.hpp"

namespace kontwin::traffic {

/// Pairs in the order a caller gave them, and the same gathered by origin, as bushes want them.
/// Trips from a node to itself belong to no origin. Private to this folder.
class OdPairs {
 public:
  /// Throws ScenarioError for a node that is not there or a flow that is not a number of 0 or more.
  OdPairs(std::span<const OdFlow> pairs, std::size_t nodes);

  std::vector<OriginDemand> origins;  ///< by rising node

  void set_flows(std::span<const double> flows);
  double total() const { return total_; }
  /// Values by origin and destination brought to the pairs; 0 for trips from a node to itself.
  std::vector<double> spread(std::span<const std::vector<double>> by_end) const;

 private:
  struct Seat {
    std::uint32_t origin, end;  // origin no_row: from a node to itself
  };
  std::vector<Seat> seat_;  // [pair]
  double total_ = 0;        // of what uses links
};

/// Throws ScenarioError for a destination that is wanted and out of reach.
void require_routes(const Bush& bush, const OriginDemand& demand);

}  // namespace kontwin::traffic
