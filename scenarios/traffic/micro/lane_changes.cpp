#include "scenarios/traffic/micro/lane_changes.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/traffic/micro/lateral_moves.hpp"
#include "scenarios/traffic/micro/step_kernels.hpp"
#include "scenarios/traffic/micro/surroundings.hpp"

namespace kontwin::traffic::micro {

namespace {

double acceleration_of(const ZoneState& zone, std::uint32_t row, double gap_m, double leader_mps) {
  return acceleration_behind(zone.options.following, zone.types, zone.rows.type[row],
                             zone.rows.wished_mps[row], zone.rows.speed_mps[row], gap_m, leader_mps,
                             zone.options.step_s);
}

/// Own acceleration behind what is ahead, the end of the lane too where one has to stop there.
double own_acceleration(const ZoneState& zone, std::uint32_t row, const Surroundings& seen) {
  const double behind = acceleration_of(zone, row, seen.gap_ahead_m, seen.ahead_mps);
  if (zone.rows.going[row] != 0) return behind;
  const double to_stop = zone.to_end_m(row) + zone.types.standing_gap_m[zone.rows.type[row]] -
                         zone.options.junction.stop_margin_m;
  return std::min(behind, acceleration_of(zone, row, to_stop, 0));
}

/// What the one behind a vehicle gains where that vehicle comes in (before: not there), or goes.
struct Follower {
  double without = 0, with = 0;
};
/// Nobody brakes to less than a stand: one that creeps up need not be afraid of a short gap.
double follower_acceleration(const ZoneState& zone, std::uint32_t row, double gap_m,
                             double leader_mps) {
  return std::max(acceleration_of(zone, row, gap_m, leader_mps),
                  -zone.rows.speed_mps[row] / zone.options.step_s);
}
Follower follower_of(const ZoneState& zone, std::uint32_t row, const Surroundings& seen) {
  if (seen.row_behind == no_row) return {};
  const double open = seen.gap_ahead_m >= nothing_near_m
                          ? nothing_near_m
                          : seen.gap_behind_m + zone.length_m(row) + seen.gap_ahead_m;
  return {
      follower_acceleration(zone, seen.row_behind, open, seen.ahead_mps),
      follower_acceleration(zone, seen.row_behind, seen.gap_behind_m, zone.rows.speed_mps[row])};
}

/// Whether it can be seen to be stuck.
bool may_ask_courtesy(const ZoneState& zone, std::uint32_t row) {
  constexpr double slow_mps = 3;
  constexpr double near_end_m = 60;
  return zone.rows.speed_mps[row] <= slow_mps && zone.to_end_m(row) <= near_end_m &&
         zone.types.narrow[zone.rows.type[row]] == 0;
}

}  // namespace

bool LaneChanges::clear_of_others(const ZoneState& zone, const Change& change) const {
  const VehicleRows& rows = zone.rows;
  for (const Change& other : changes_) {
    if (other.lane != change.lane) continue;
    const double side = std::abs(other.lateral_m - change.lateral_m) -
                        0.5 * (zone.width_m(other.row) + zone.width_m(change.row));
    if (side >= zone.options.lateral.touch_m) continue;
    const bool is_ahead = rows.position_m[other.row] >= rows.position_m[change.row];
    const std::uint32_t ahead = is_ahead ? other.row : change.row;
    const std::uint32_t behind = is_ahead ? change.row : other.row;
    if (!zone.can_stop_behind(rows.speed_mps[behind], rows.type[behind],
                              zone.rear_m(ahead) - rows.position_m[behind],
                              zone.braking_of(ahead))) {
      return false;
    }
  }
  return true;
}

bool LaneChanges::consider(const ZoneState& zone, std::uint32_t row, int side, int needed) {
  const VehicleRows& rows = zone.rows;
  const LaneChangeOptions& options = zone.options.lane_change;
  const std::uint32_t lane = rows.lane[row];
  const std::uint32_t type = rows.type[row];
  const ZoneLane& here = zone.map.lane[lane];
  if (side < 0 ? here.beside == 0 : here.beside + 1 == here.lanes) return false;
  const std::uint32_t target = side < 0 ? lane - 1 : lane + 1;
  if (needed == 0 && !zone.lets_in(target, row)) return false;
  const double to_end = zone.to_end_m(row);
  const std::uint32_t turn = zone.vehicle_of(row).turn;
  if (needed == 0 && turn != no_row && to_end < options.mandatory_m &&
      !zone.map.movement[zone.map.movement_of(target, turn)].proper) {
    return false;
  }
  const Side room = side_room(here.width_m, zone.types.width_m[type], zone.options.lateral.edge_m);
  double lateral = 0.5 * (room.least_m + room.most_m);
  if (zone.types.narrow[type] != 0) {
    constexpr double at_edge_m = 0.1;
    const double edge = side < 0 ? room.least_m : room.most_m;
    if (std::abs(rows.lateral_m[row] - edge) > at_edge_m) return false;
    lateral = side < 0 ? room.most_m : room.least_m;
  }
  const Body body{target, rows.slot[row], type, rows.position_m[row], lateral, rows.speed_mps[row]};
  const Surroundings there = look_around(zone, body);
  if (!there.free || there.in_its_way) return false;
  const Change change{row, target, lateral};
  if (!clear_of_others(zone, change)) return false;

  const Surroundings now = look_around(zone, {lane, rows.slot[row], type, rows.position_m[row],
                                              rows.lateral_m[row], rows.speed_mps[row]});
  const Follower fresh = follower_of(zone, row, there);
  const Follower old = follower_of(zone, row, now);
  const LaneChangeEffects effects{own_acceleration(zone, row, now),
                                  own_acceleration(zone, row, there),
                                  fresh.without,
                                  fresh.with,
                                  old.with,
                                  old.without};
  double bias = side < 0 ? options.keep_outer_bias_mps2 : -options.keep_outer_bias_mps2;
  if (needed != 0) {
    bias += options.mandatory_bias_mps2 * options.mandatory_m / std::max(1.0, to_end);
  }
  if (!mobil_changes(options, effects, bias)) return false;
  changes_.push_back(change);
  return true;
}

void LaneChanges::ask_courtesy(const ZoneState& zone, std::uint32_t row, int side) {
  const VehicleRows& rows = zone.rows;
  const std::uint32_t lane = side < 0 ? rows.lane[row] - 1 : rows.lane[row] + 1;
  const double rear = zone.rear_m(row);
  const std::uint32_t who = first_behind(zone, lane, rear);
  if (who == zone.lane_begin[lane + 1] || rows.committed[who] != 0) return;
  courtesies_.push_back({rows.slot[who], rear, rows.speed_mps[row]});
}

void LaneChanges::change_lanes(ZoneState& zone) {
  changes_.clear();
  courtesies_.clear();
  const VehicleRows& rows = zone.rows;
  const auto period = static_cast<std::uint64_t>(
      std::max(1.0, std::round(zone.options.lane_change.interval_s / zone.options.step_s)));
  constexpr double settle_s = 3;
  const auto settle = static_cast<std::uint64_t>(settle_s / zone.options.step_s);
  for (std::uint32_t lane = 0; lane < zone.map.inside_lanes(); ++lane) {
    if (zone.map.lane[lane].lanes == 1) continue;
    for (std::uint32_t row = zone.lane_begin[lane]; row < zone.lane_begin[lane + 1]; ++row) {
      const Vehicle& vehicle = zone.vehicle_of(row);
      if (rows.committed[row] != 0 || zone.rear_m(row) < 0) continue;
      const bool thinks = (vehicle.number + zone.step) % period == 0;
      const bool may_ask = may_ask_courtesy(zone, row);
      if (!thinks && !may_ask) continue;
      const int needed = needed_side(zone, row);
      if (needed != 0) {
        // Who lets somebody in does so until they are in, not by fits and starts.
        if ((!thinks || !consider(zone, row, needed, needed)) && may_ask) {
          ask_courtesy(zone, row, needed);
        }
      } else if (!thinks) {
        continue;
      } else if (vehicle.changed_at + settle <= zone.step || vehicle.changed_at == 0) {
        if (!consider(zone, row, -1, 0)) consider(zone, row, 1, 0);
      }
    }
  }
  if (changes_.empty()) return;
  for (const Change& change : changes_) {
    zone.rows.lane[change.row] = change.lane;
    zone.rows.lateral_m[change.row] = change.lateral_m;
    zone.rows.aim_m[change.row] = change.lateral_m;
    zone.choose_movement(change.row);
    Vehicle& vehicle = zone.vehicle_of(change.row);
    vehicle.changed_at = zone.step;
    vehicle.asked = false;
  }
  zone.sort_rows();
}

}  // namespace kontwin::traffic::micro
