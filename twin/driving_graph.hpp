#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "twin/road_graph.hpp"
#include "twin/road_network.hpp"
#include "twin/turn_states.hpp"

namespace kontwin {

/// Kinds of vehicles, as ForbiddenTurn and VehicleMask have them.
inline constexpr std::uint32_t every_vehicle = 0b111111, motorbikes = 0b000001, cars = 0b000010;

/// Who can get where on wheels: the road network without the turns that may not be made. Who starts
/// at a junction may take any link out of it, and who arrives at one came by any link into it; only
/// on the way turns count. A world that forbids none has the plain RoadGraph inside and nothing
/// else. Immutable; any thread may ask.
class DrivingGraph {
 public:
  /// For vehicles of `kinds` (bits as in ForbiddenTurn, not 0): a turn may be made where any of
  /// them may make it.
  DrivingGraph(std::size_t junctions, const RoadNetwork& roads, std::uint32_t kinds);

  /// [junction] 1 where a way over usable links (`usable`: [link] 0 or 1) leads to one of
  /// `targets`.
  std::vector<std::uint8_t> reaching(std::span<const std::uint32_t> targets,
                                     std::span<const std::uint8_t> usable) const;
  /// For each junction the number of its part of the network, by size; in each part one can drive
  /// from everywhere to everywhere over the links that may be used (RoadGraph::components). 0 is
  /// the largest: it takes in all junctions that can be driven to from it, and from which it can be
  /// driven to. A number that no junction has may be left out.
  std::vector<std::uint32_t> components(std::span<const double> cost) const;

 private:
  const RoadGraph& graph() const { return states_ ? *states_->graph : *plain_; }
  std::vector<std::uint8_t> spread(std::vector<std::uint32_t> states, bool forward,
                                   std::span<const std::uint8_t> usable) const;

  std::vector<std::uint32_t> from_;
  std::optional<TurnStates> states_;  ///< where turns are forbidden
  std::optional<RoadGraph> plain_;    ///< where none is
};

}  // namespace kontwin
