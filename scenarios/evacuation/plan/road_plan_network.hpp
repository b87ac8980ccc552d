#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/evacuation/plan/timed_network.hpp"
#include "scenarios/traffic/network/vehicle_kind.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin::evacuation {

/// What a planner makes of the roads of a world.
struct RoadPlanOptions {
  traffic::VehicleKinds kinds = traffic::all_vehicles;  ///< that a planned way has to let in
  double slowest_mps = 60 / 3.6;                        ///< top speed of those who are planned for
  double fastest_mps = 80 / 3.6;                        ///< top speed of the fastest among them
  /// [road] when it closes: whoever has not left it by then does not get past; empty: none does.
  std::span<const double> closes_s = {};
  /// [road] hundredths of a car a second that it was seen to let through; empty: not known.
  std::span<const double> measured_ps = {};
};

/// The open roads between junctions that matter, with roads in a row as one arc: the narrowest says
/// what passes. Capacity is in hundredths of a car a second. Links, speeds and capacities are those
/// of the traffic engine, for the state it is given.
///
/// A junction where a turn is forbidden to some of `kinds` has a node for those who start there,
/// one for those who arrive, and one for each end of a road; its turns are arcs of no roads that
/// take no time and hold nobody back. Who turns round does so at a junction that is a node.
struct RoadPlanNetwork {
  TimedNetwork timed;  ///< at the speed of the slowest, for all kinds
  /// [arc] also where it lets in only some kinds, and whatever was measured
  std::vector<double> any_capacity_ps;
  std::vector<double> fastest_s;             ///< [arc] travel time of the fastest
  std::vector<double> fastest_last_entry_s;  ///< [arc]
  std::vector<std::uint32_t> junction;       ///< [node]
  std::vector<std::uint32_t> node_of;        ///< [junction] where one starts, or no_row
  std::vector<std::uint32_t> end_of;         ///< [junction] where one arrives, or no_row
  std::vector<std::uint32_t> first_road;     ///< [arc] and an end, in `roads`
  std::vector<std::uint32_t> roads;          ///< in driving order
  std::vector<std::uint32_t> narrowest;      ///< [arc] the road that says its capacity, or no_row
  std::vector<std::uint32_t> opposite;       ///< [arc] the same roads the other way, or no_row

  /// The node where one starts at a junction; no_row where there is none.
  std::uint32_t start_at(std::uint32_t at) const { return at == no_row ? no_row : node_of[at]; }
  /// The node where one arrives at a junction; no_row where there is none.
  std::uint32_t end_at(std::uint32_t at) const { return at == no_row ? no_row : end_of[at]; }
  std::span<const std::uint32_t> roads_of(std::uint32_t arc) const {
    return std::span(roads).subspan(first_road[arc], first_road[arc + 1] - first_road[arc]);
  }
};

/// `ends`: junctions where people start or arrive; no_row among them is left out.
RoadPlanNetwork road_plan_network(const World& world, const StateTable& state,
                                  std::span<const std::uint32_t> ends,
                                  const RoadPlanOptions& options);

}  // namespace kontwin::evacuation
