#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "scenarios/traffic/micro/lane_changes.hpp"
#include "scenarios/traffic/micro/motion.hpp"
#include "scenarios/traffic/micro/surroundings.hpp"
#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

/// A vehicle that comes onto a lane of the zone at its start.
struct Entering {
  std::uint32_t vehicle = 0;  ///< the caller's id, unique in the zone
  std::uint64_t number = 0;   ///< stable: names its random stream and breaks ties
  std::uint32_t type = 0;
  std::uint32_t lane = no_row;  ///< of the network
  double speed_mps = 0;
  double speed_factor = 1;  ///< wished speed over the limit
  Micros at = 0;            ///< when its front is at the start of the lane, in the coming step
  double position_m = 0;    ///< further on, for one that stood beside the lane
};

/// Where a vehicle is.
struct VehiclePlace {
  std::uint32_t vehicle = 0, type = 0;
  std::uint32_t lane = no_row;  ///< of the network
  double position_m = 0;        ///< of its front from the start of the lane
  double lateral_m = 0;         ///< of its middle from the outer edge of the lane
  double speed_mps = 0, acceleration_mps2 = 0;
};

/// A rear that is not yet clear of a junction that the front has passed or entered.
struct Crossing {
  std::uint32_t vehicle = 0, type = 0;
  std::uint32_t turn = no_row;
  std::uint32_t lane = no_row;  ///< of the network, that it came from
  double rear_m = 0;            ///< from the end of that lane onwards; negative: still in it
  double lateral_m = 0;         ///< where it went over that end
};

/// Links on which vehicles follow each other, change lanes, ride side by side and pass junctions as
/// individuals in continuous space, in fixed steps of time.
///
/// It stands between callers that bring vehicles to lanes and take them at the ends of links whose
/// turns lead out of the zone, or on whose end their trip ends. Vehicles are conserved:
/// entered() = inside() + left() at any time. They never overlap: each can always stop behind what
/// is ahead of it by braking as hard as its type can (see stoppable_speed_mps), changes of lane or
/// path and right of way keep it so, and nobody is ever moved out of the way. Places and speeds do
/// not depend on the order of calls within a step, nor on threads: a zone runs on the caller's;
/// several can run at once.
///
/// Signals follow their fixed plans unless the caller says otherwise.
class MicroZone {
 public:
  /// Throws ScenarioError for a step outside 0.1 to 1 s, a type without size or acceleration, or
  /// links that are not in the network.
  MicroZone(std::shared_ptr<const Network> network, std::vector<std::uint32_t> links,
            std::span<const VehicleType> types, const MicroOptions& options = {}, Micros now = 0);

  /// What the zone asks its caller; to be answered before vehicles come in.
  Questions& ask() { return zone_.ask; }

  Micros now() const { return zone_.now; }
  /// The end of the next step.
  Micros step_end() const { return zone_.now + zone_.step_micros; }
  const MicroOptions& options() const { return zone_.options; }
  std::span<const std::uint32_t> links() const { return zone_.map.links(); }
  bool has_lane(std::uint32_t lane) const { return zone_.map.lane_of(lane) != no_row; }

  /// Metres from the start of a lane of the zone to the nearest rear; the lane's length if empty.
  double room_m(std::uint32_t lane) const;
  /// Whether a vehicle of a type can come onto a lane at a speed, so that all can still stop: now.
  bool may_enter(std::uint32_t lane, std::uint32_t type, double speed_mps) const;
  /// The speed, up to a wished one, at which a vehicle of a type comes onto a lane so that it can
  /// brake comfortably behind what is ahead, and all can still stop; nothing where it has to wait.
  /// `at`: when its front is at the start of the lane, in the coming step. `keeps_up`: it rather
  /// waits than come in slower than what is ahead, as a stream at capacity does.
  /// `turn`: that it will wish for at the end of the link; no_row: any, or none.
  std::optional<double> entry_speed_mps(std::uint32_t lane, std::uint32_t type, double wished_mps,
                                        Micros at, bool keeps_up,
                                        std::uint32_t turn = no_row) const;
  /// Whether a vehicle of a type can set off into a lane from beside it, so that those behind need
  /// not brake hard.
  bool may_pull_out(std::uint32_t lane, std::uint32_t type, double position_m) const;
  /// Brings a vehicle in; a rider where across the lane most is free. Throws ScenarioError where
  /// there is no room at its speed, and for a lane, type, speed or moment that cannot be.
  void enter(const Entering& entering);

  /// Runs all steps that end by `until`.
  void advance(Micros until);
  /// Who left in the last advance, in the order in which steps let them go.
  std::span<const Leaving> leaving() const { return leaving_; }
  /// Who went over the end of a lane in the last advance, in that order; those who left too.
  std::span<const Passing> passed() const { return zone_.passed; }

  std::uint64_t entered() const { return entered_; }
  std::uint64_t left() const { return left_; }
  std::size_t inside() const { return zone_.rows.size(); }
  std::uint64_t steps() const { return zone_.step; }
  std::uint64_t vehicle_updates() const { return updates_; }
  /// Times a vehicle could not have stopped in the room it had: 0, unless the promise is broken.
  std::uint64_t overruns() const { return zone_.overruns; }

  /// Changes how fast one may drive on a link; above 0.
  void set_speed_limit(std::uint32_t link, double speed_mps);
  /// Whether the caller is asked before a vehicle goes over the end of a link, wherever it goes.
  void set_metered(std::uint32_t link, bool metered);
  /// Changes which kinds the lanes of a link are for, outermost first; at the start all are for
  /// all. Who may use none that leads where it goes uses one all the same; but a lane that is for
  /// nobody is left, and nobody comes into it, while others are open.
  void set_lane_kinds(std::uint32_t link, std::span<const VehicleKinds> kinds);
  /// Gives a link so many lanes of the link back, inside of its own, closed until they are opened;
  /// or takes them away, when nobody is on them. In all that names lanes they count as the link's
  /// innermost one; who comes in while they are open takes the emptiest lane of the link. Throws
  /// ScenarioError for more lanes than 31, and where one that goes is in use.
  void borrow_lanes(std::uint32_t link, std::uint32_t lanes);
  void open_borrowed(std::uint32_t link, bool open);
  /// How many are open.
  std::uint32_t open_borrowed(std::uint32_t link) const;
  /// Whether nobody is on these lanes of a link, bit by bit from the outermost, nor about to come
  /// onto them, nor with the rear still there.
  bool are_empty(std::uint32_t link, std::uint32_t lanes) const;
  /// Changes the turn of a vehicle at the end of its link; no_row: it leaves there. False where it
  /// is past deciding, and goes on as it is.
  bool change_turn(std::uint32_t vehicle, std::uint32_t turn);
  /// Takes a vehicle out where it is. False where it is past deciding, and stays.
  bool remove(std::uint32_t vehicle);
  /// Tells a vehicle to drive no faster; infinity takes it back. Throws ScenarioError where it is
  /// not inside.
  void hold_to_speed(std::uint32_t vehicle, double speed_mps);

  /// All vehicles, lane by lane, each from its head backwards.
  void places(std::vector<VehiclePlace>& places) const;
  VehiclePlace place_of(std::uint32_t vehicle) const;
  /// All that are not yet clear of the junction they went over.
  void crossings(std::vector<Crossing>& crossings) const;
  std::size_t vehicles_on(std::uint32_t lane) const;
  /// Calls `visit(place)` for every vehicle of a lane from its head backwards, those that came in
  /// since the last step at the end.
  template <typename Visit>
  void for_each_on(std::uint32_t lane, const Visit& visit) const;
  /// When a vehicle is at the end of its lane at the earliest, at its speed or a walking pace.
  double to_end_s(std::uint32_t vehicle) const;
  /// Types and speeds of those on a lane, from its head backwards, as of the last step.
  std::span<const std::uint32_t> types_on(std::uint32_t lane) const;
  std::span<const double> speeds_on(std::uint32_t lane) const;
  /// Whether somebody who wants a turn is within `within_s` of the end of a lane, or stands there.
  bool somebody_near(std::uint32_t lane, std::uint32_t turn, double within_s) const;

 private:
  struct Slot {
    bool free = false;
    std::uint32_t lane = no_row;
    double lateral_m = 0, gap_m = 0, ahead_mps = 0;
  };
  std::uint32_t inside_lane(std::uint32_t lane) const;
  std::uint32_t inside_link(std::uint32_t link) const;
  /// The lane after those that count as the same lane of the network as this one.
  std::uint32_t end_of(std::uint32_t inside) const {
    std::uint32_t end = inside + 1;
    while (end < zone_.map.inside_lanes() &&
           zone_.map.lane[end].network_lane == zone_.map.lane[inside].network_lane) {
      ++end;
    }
    return end;
  }
  Slot best_slot(std::uint32_t lane, std::uint32_t type, double speed_mps, double early_s,
                 std::uint32_t turn) const;
  Slot slot_in(std::uint32_t lane, std::uint32_t type, double speed_mps, double early_s) const;
  void look_at_waiting(const Body& body, Surroundings& seen) const;
  VehiclePlace place(std::uint32_t row) const;
  std::uint32_t row_of(std::uint32_t vehicle) const;
  void take_in();
  void run_step();

  ZoneState zone_;
  LaneChanges lane_changes_;
  std::vector<Leaving> leaving_;
  std::vector<std::uint32_t> first_waiting_;  ///< [lane] slots that came in since the last step
  std::uint32_t waiting_ = 0;
  std::unordered_map<std::uint32_t, std::uint32_t> slot_of_;  ///< by vehicle
  std::uint64_t entered_ = 0, left_ = 0, updates_ = 0;
};

template <typename Visit>
void MicroZone::for_each_on(std::uint32_t lane, const Visit& visit) const {
  const std::uint32_t inside = inside_lane(lane);
  const std::uint32_t end = end_of(inside);
  for (std::uint32_t row = zone_.lane_begin[inside]; row < zone_.lane_begin[end]; ++row) {
    visit(place(row));
  }
  for (std::uint32_t one = inside; one < end; ++one) {
    for (std::uint32_t slot = first_waiting_[one]; slot != no_row;
         slot = zone_.vehicles[slot].next_incoming) {
      visit(place(zone_.vehicles[slot].row));
    }
  }
}

}  // namespace kontwin::traffic::micro
