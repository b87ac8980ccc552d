#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "scenarios/traffic/micro/micro_options.hpp"
#include "scenarios/traffic/micro/type_columns.hpp"
#include "scenarios/traffic/micro/vehicle_rows.hpp"
#include "scenarios/traffic/micro/zone_map.hpp"

namespace kontwin::traffic::micro {

/// How far drivers see other vehicles, metres.
inline constexpr double sight_m = 150;
/// The gap to the one ahead where there is nobody in sight.
inline constexpr double nothing_near_m = 1e9;

/// Why a vehicle near the end of its lane does or does not go on.
enum class Verdict : std::uint8_t {
  none,  ///< not asked yet
  go,
  red,
  wrong_lane,  ///< its lane does not lead where it goes
  unmoved,     ///< too far to a side for the lane it goes to
  yields,      ///< to those who go first, or came first
  crossed,     ///< somebody is in its way
  no_room,     ///< where it goes
};

/// A place where a vehicle stops on its way.
struct Stopping {
  double at_m =
      std::numeric_limits<double>::infinity();  ///< its front, on its link; none: infinity
  Micros dwell = 0;                             ///< stands so long at least
  Micros not_before = 0;                        ///< and drives on no earlier than this
};

/// What does not change at every step of a vehicle, by slot.
struct Vehicle {
  std::uint32_t id = 0;      ///< the caller's
  std::uint64_t number = 0;  ///< names its random stream
  double speed_factor = 1;
  double most_mps = std::numeric_limits<double>::infinity();  ///< as told from outside
  std::uint32_t turn = no_row;      ///< at the end of its link; no_row: it leaves there
  std::uint32_t movement = no_row;  ///< the turn from its lane
  std::uint32_t row = no_row;
  std::uint32_t next_incoming = no_row;  ///< slot; see ZoneState::first_incoming
  std::uint64_t group_from = 0;          ///< step at which those set off with whom it goes
  std::uint64_t asked_at = 0;            ///< step at which it first wanted to go on
  std::uint64_t stood_from = 0;          ///< step from which it stands
  std::uint64_t changed_at = 0;          ///< step of its last change of lane
  Verdict verdict = Verdict::none;
  bool asked = false, stands = false, stopped = false, waiting_in = false;
  bool goes_along = false;  ///< with others who set off, past some who came before it
  Stopping stopping;
  Micros stops_until = never;  ///< while it stands there

  bool stops() const { return stopping.at_m < std::numeric_limits<double>::infinity(); }
};

/// A vehicle whose front is over the end of a lane and whose rear is not yet clear of it.
struct Tail {
  std::uint32_t lane = no_row;
  std::uint32_t movement = no_row;
  std::uint32_t slot = no_row;  ///< no_row: it has left the zone
  std::uint32_t vehicle = 0;    ///< the caller's id
  std::uint32_t type = 0;
  double line_m = 0;     ///< on its odometer
  double lateral_m = 0;  ///< where it went over the end
  double rear_m = 0;     ///< beyond the end of the lane; negative: still in it
  double speed_mps = 0;
  double wished_mps = 0;
  std::uint32_t next = no_row;  ///< in the same lane
};

/// What those who give way see of a movement.
struct Approach {
  double arrival_s = std::numeric_limits<double>::infinity();  ///< the earliest
  /// The first to ask among those who stand and give way themselves.
  std::uint64_t held_since = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t held_number = std::numeric_limits<std::uint64_t>::max();
};

/// The first of those at a line who have no room in the lane they go to.
struct Claim {
  std::uint64_t since = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t number = std::numeric_limits<std::uint64_t>::max();
};

/// A front that went over the end of a lane.
struct Passing {
  std::uint32_t vehicle = 0;    ///< the caller's id
  std::uint32_t lane = no_row;  ///< of the network
  std::uint32_t next = no_row;  ///< link of the zone that it is on now; no_row: it left the zone
  Micros at = 0;
};

/// What a zone asks its caller.
struct Questions {
  /// Asked once when a vehicle comes onto a link: the turn it wishes for at its end, or no_row
  /// where its trip ends with the link. Without it all trips end with the first link. An answer
  /// that is not a turn from the link is a ScenarioError.
  std::function<std::uint32_t(std::uint32_t vehicle, std::uint32_t link)> next_turn;
  /// Asked when a vehicle must know whether it may leave by a turn out of the zone, or go over the
  /// end of a metered link, and again every step where it was told to wait. `lane`: of the network,
  /// that it comes from. Who says yes keeps the place: the vehicle will go. Without it all may.
  std::function<bool(std::uint32_t vehicle, std::uint32_t turn, std::uint32_t lane)> accept;
  /// Asked when a vehicle comes onto a link, and when it drives on from a stop: the next place on
  /// the link where it stops. Without it nobody does.
  std::function<Stopping(std::uint32_t vehicle, std::uint32_t link)> next_stop;
  /// Told when a vehicle has come to a stand at such a place, and until when it stays.
  std::function<void(std::uint32_t vehicle, Micros arrived, Micros left)> stopped;
  /// What a turn with a signal sees. Without it, the fixed plans of the network.
  std::function<Aspect(std::uint32_t turn, Micros now)> aspect;
};

/// Everything that changes in a zone, for the passes of a step; see MicroZone.
struct ZoneState {
  ZoneState(ZoneMap with_map, TypeColumns with_types, const MicroOptions& with_options);

  double length_m(std::uint32_t row) const { return types.length_m[rows.type[row]]; }
  double width_m(std::uint32_t row) const { return types.width_m[rows.type[row]]; }
  double rear_m(std::uint32_t row) const { return rows.position_m[row] - length_m(row); }
  /// Metres to a stand at a deceleration, by steps as the model in use takes them.
  double stops_in_m(double speed_mps, double deceleration_mps2) const {
    return options.following == CarFollowing::krauss
               ? braking_euler_m(speed_mps, deceleration_mps2, options.step_s)
               : braking_m(speed_mps, deceleration_mps2);
  }
  /// The same for a vehicle that brakes as hard as it can.
  double braking_of(std::uint32_t row) const {
    return stops_in_m(rows.speed_mps[row], types.deceleration_mps2[rows.type[row]]);
  }
  /// Whether a vehicle can stop behind one that brakes as hard as it can, `gap_m` ahead.
  bool can_stop_behind(double speed_mps, std::uint32_t type, double gap_m,
                       double leader_braking_m) const {
    return gap_m >= 0 &&
           stops_in_m(speed_mps, types.deceleration_mps2[type]) <= gap_m + leader_braking_m;
  }
  double to_end_m(std::uint32_t row) const {
    return map.lane[rows.lane[row]].length_m - rows.position_m[row];
  }
  Vehicle& vehicle_of(std::uint32_t row) { return vehicles[rows.slot[row]]; }
  const Vehicle& vehicle_of(std::uint32_t row) const { return vehicles[rows.slot[row]]; }
  /// Asks the caller for the turn of a vehicle at the end of a link. Throws ScenarioError where the
  /// answer is not a turn from it.
  std::uint32_t turn_at_end(std::uint32_t vehicle, std::uint32_t link) const;
  /// Throws ScenarioError where a turn is neither one from the link nor no_row.
  void check_turn(std::uint32_t vehicle, std::uint32_t turn, std::uint32_t link) const;
  /// Whether a vehicle may use a lane of the zone.
  bool lets_in(std::uint32_t lane, std::uint32_t row) const {
    return contains(may_use[lane], types.kind[rows.type[row]]);
  }
  /// Sets the movement that its turn is from the lane it is in.
  void choose_movement(std::uint32_t row);
  /// Sets the speed it wishes for on the link it is on.
  void choose_speed(std::uint32_t row);
  /// Asks for the next place where it stops on the link it is on.
  void choose_stop(std::uint32_t row);
  /// Lists a vehicle that will come over the end of its lane for certain.
  void commit(std::uint32_t row);
  /// Takes that back for one that stands before the end of its lane.
  void withdraw(std::uint32_t row);
  /// Takes it off that list.
  void arrive(std::uint32_t slot, std::uint32_t target);
  /// After it changed who may use the lanes of a link: a lane that is closed to all is left and not
  /// come into, while others of its link are open.
  void settle_lanes(std::uint32_t link);
  /// Lets movements that led into a lane that closed lead on into others, once nobody is under way
  /// into it by them.
  void redirect_shut();
  /// Goes on where links have borrowed other lanes than before; those that go are empty.
  void lay_out(std::vector<BorrowedLanes> borrowed);
  /// Whether nobody is in a lane, with the rear in it, or about to come into it.
  bool is_empty(std::uint32_t lane) const;
  /// Sorts rows anew by lane and position; those whose lane is no_row go.
  void sort_rows();

  ZoneMap map;
  TypeColumns types;
  MicroOptions options;
  Micros step_micros;
  Micros now = 0;
  std::uint64_t step = 0;  ///< how many there have been

  VehicleRows rows;
  std::vector<std::uint32_t> lane_begin;  ///< rows of a lane; [lane inside] and an end
  std::vector<std::uint8_t> lane_mixed;   ///< [lane inside] has narrow vehicles
  std::vector<double> limit_mps;          ///< [lane inside]
  std::vector<VehicleKinds> may_use;      ///< [lane inside]
  std::vector<std::uint8_t> sorted_out;   ///< [lane inside] 1: some lane of its link is not for all
  std::vector<std::uint8_t> metered;      ///< [lane inside] 1: the caller is asked at its end

  std::vector<Vehicle> vehicles;  ///< by slot
  std::vector<std::uint32_t> free_slots;

  std::vector<std::uint32_t> under_way;       ///< [movement] committed, or not yet clear
  std::vector<std::uint64_t> group_from;      ///< [movement] of the last one committed to it
  std::vector<std::uint32_t> first_incoming;  ///< [lane] slot of a committed vehicle, or no_row
  std::vector<Approach> approach;             ///< [movement]
  std::vector<Micros> next_turn;              ///< [junction] when drivers know whose turn it is
  std::vector<Claim> claims;                  ///< [lane], of the step before
  std::vector<std::uint32_t> stopping;        ///< slots of those who stop on the link they are on
  std::vector<Tail> tails;
  std::vector<std::uint32_t> first_tail;  ///< [lane inside] or no_row
  std::vector<Passing> passed;            ///< since the caller last emptied it
  std::uint64_t overruns = 0;  ///< vehicles that could not stop in the room they had: none

  Questions ask;

 private:
  std::vector<std::uint32_t> order_, fill_;
};

}  // namespace kontwin::traffic::micro
