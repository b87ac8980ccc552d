#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kontwin::traffic::micro {

/// The moving part of all vehicles of a zone in columns: a row each, lane after lane, within a lane
/// from the head of the queue backwards (by falling position, then rising number).
class VehicleRows {
 public:
  std::size_t size() const { return slot.size(); }
  /// Makes room at the end; the columns of the last step hold nothing there.
  void append_row();
  /// Puts row order[i] at i; rows that `order` does not name are gone.
  void reorder(std::span<const std::uint32_t> order);

  std::vector<std::uint32_t> slot;  ///< of the vehicle; see ZoneState::vehicles
  std::vector<std::uint32_t> lane;  ///< of the zone
  std::vector<std::uint32_t> type;
  std::vector<double> position_m;         ///< of the front, from the start of the lane
  std::vector<double> speed_mps;          ///< 0 or more
  std::vector<double> acceleration_mps2;  ///< in the last step
  std::vector<double> lateral_m;          ///< of the middle, from the outer edge of the lane
  std::vector<double> aim_m;              ///< where across the lane the driver wants to be
  std::vector<double> wished_mps;         ///< above 0
  std::vector<double> odometer_m;         ///< driven since the vehicle came in
  std::vector<std::uint8_t> committed;    ///< goes over the end of its lane for certain
  std::vector<std::uint8_t> going;        ///< may go over it, as things stand

  // -- what a step finds, then uses --------------------------------------------------------------
  std::vector<double> gap_m;        ///< to what the driver follows; huge where there is nothing
  std::vector<double> leader_mps;   ///< its speed
  std::vector<double> room_m;       ///< within which the vehicle must be able to stop
  std::vector<double> ceiling_mps;  ///< speed to come down to comfortably
  std::vector<double> random;       ///< uniform in [0, 1), where the model draws

 private:
  template <typename Visit>
  void for_each_kept(Visit visit);

  std::vector<std::uint32_t> spare_rows_;
  std::vector<double> spare_numbers_;
  std::vector<std::uint8_t> spare_flags_;
};

}  // namespace kontwin::traffic::micro
