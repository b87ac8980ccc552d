#pragma once

#include <vector>

#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

/// Changes of lane, decided by MOBIL; see LaneChangeOptions. A change takes one step. Riders change
/// where they are at the edge between two lanes; others into the middle of the lane beside.
class LaneChanges {
 public:
  /// Decides and carries out the changes of one step, and sorts the rows if there were any.
  void change_lanes(ZoneState& zone);

  /// Somebody who must change lanes and cannot asks one in that lane to leave a gap: the vehicle
  /// `slot` drives as if behind a vehicle whose rear is at rear_m in its lane.
  struct Courtesy {
    std::uint32_t slot = no_row;
    double rear_m = 0, speed_mps = 0;
  };
  const std::vector<Courtesy>& courtesies() const { return courtesies_; }

 private:
  struct Change {
    std::uint32_t row = no_row, lane = no_row;
    double lateral_m = 0;
  };
  bool consider(const ZoneState& zone, std::uint32_t row, int side, int needed);
  bool clear_of_others(const ZoneState& zone, const Change& change) const;
  void ask_courtesy(const ZoneState& zone, std::uint32_t row, int side);

  std::vector<Change> changes_;
  std::vector<Courtesy> courtesies_;
};

}  // namespace kontwin::traffic::micro
