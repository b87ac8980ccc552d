#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// How the links of a network stand now, as columns: what edits, weather and water change.
struct LinkState {
  explicit LinkState(const Network& network);

  std::vector<double> speed_mps;        ///< the limit, less in rain or water
  std::vector<Micros> entry_headway;    ///< least time between cars that drive into a lane
  std::vector<Micros> exit_headway;     ///< least time between cars that drive out of a lane
  std::vector<VehicleKinds> may_enter;  ///< kinds that may drive in
  std::vector<VehicleKinds> blocked;    ///< kinds that cannot get past its middle
  /// [lane] kinds that may drive into it. A kind that may drive into the link, but into none of its
  /// lanes, drives into any of them: see LaneQueues.
  std::vector<VehicleKinds> lane_may_enter;
};

/// What changed between two states of links, by rising link.
struct LinkChanges {
  std::vector<std::uint32_t> altered;  ///< any column of LinkState
  std::vector<std::uint32_t> shut;     ///< of those, where some kind may no longer drive in
  std::vector<std::uint32_t> newly_blocked;
  VehicleKinds kinds = 0;  ///< kinds whose may_enter changed somewhere
};

/// Least time between cars at a capacity an hour.
inline Micros headway(double pcph) { return to_micros(3600 / pcph); }

/// What a column of lanes holds for the lanes of a link, outermost first.
inline std::span<const VehicleKinds> of_lanes(const Network& network,
                                              std::span<const VehicleKinds> column,
                                              std::uint32_t link) {
  return column.subspan(network.lane_begin[link], network.lanes_of(link));
}

}  // namespace kontwin::traffic
