#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/evacuation/plan/dynamic_network.hpp"

namespace kontwin::evacuation {

/// What waits at a node to be brought away.
struct Supply {
  std::uint32_t node = 0;
  Amount amount = 0;
  Step ready = 0;  ///< cannot leave before
};

/// Where it may go, and how much of it.
struct Room {
  std::uint32_t node = 0;
  Amount amount = 0;
};

/// Everything has to get from many places to any of many others, along arcs with travel times; it
/// may wait anywhere.
struct Transshipment {
  DynamicNetwork network;
  std::vector<Supply> supplies;
  std::vector<Room> rooms;
};

/// A network with a copy of each node for each step in which anything can be there and still arrive
/// in time (Ford and Fulkerson 1958).
class TimeExpansion {
 public:
  /// Throws ScenarioError where a node is not in the network, or an amount or a time is negative.
  TimeExpansion(const Transshipment& problem, Step last);

  const FlowNetwork& flows() const { return flows_; }
  std::uint32_t source() const { return source_; }
  std::uint32_t sink() const { return sink_; }
  /// The copies of an arc lie side by side in flows(), by rising step: from the first to below the
  /// second number.
  std::pair<std::uint32_t, std::uint32_t> copies(std::uint32_t arc) const {
    return {first_copy_[arc], first_copy_[arc + 1]};
  }
  /// The arc of flows() that lets the supplies in and the one that lets the rooms fill.
  std::uint32_t supply_arc(std::size_t supply) const { return supply_arc_[supply]; }
  std::uint32_t room_arc(std::size_t room) const { return room_arc_[room]; }

 private:
  FlowNetwork flows_;
  std::uint32_t source_ = 0, sink_ = 0;
  std::vector<std::uint32_t> first_copy_;  // [arc] and an end
  std::vector<std::uint32_t> supply_arc_, room_arc_;
};

/// The most that arrives by a step.
Amount arrives_by(const Transshipment& problem, Step last);

/// How soon everything can be through that can get through at all.
struct QuickestTransshipment {
  Amount amount = 0;  ///< that gets through within the horizon
  Step last = 0;      ///< by this step it has, and not by the one before
  /// What a minimum cut just before `last` is made of: nothing else has to be widened for it to go
  /// faster. [arc] steps in which it is full; [room] whether it is filled.
  std::vector<Step> full_steps;
  std::vector<std::uint8_t> full_rooms;
};

/// By bisection over time expansions. `horizon`: steps looked at most; what has not arrived by then
/// counts as lost. `wanted`: as much has to arrive, of all that could.
QuickestTransshipment quickest_transshipment(const Transshipment& problem, Step horizon,
                                             Amount wanted = boundless);

}  // namespace kontwin::evacuation
