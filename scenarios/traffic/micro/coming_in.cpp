// How vehicles come into a zone.
#include <algorithm>
#include <cmath>

#include "scenarios/traffic/micro/car_following.hpp"
#include "scenarios/traffic/micro/micro_zone.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::micro {

double MicroZone::room_m(std::uint32_t lane) const {
  const std::uint32_t inside = inside_lane(lane);
  double room = zone_.map.lane[inside].length_m;
  for (std::uint32_t row = zone_.lane_begin[inside + 1]; row-- > zone_.lane_begin[inside];) {
    if (zone_.rows.position_m[row] - zone_.types.longest_m > room) break;
    room = std::min(room, zone_.rear_m(row));
  }
  for (std::uint32_t slot = first_waiting_[inside]; slot != no_row;
       slot = zone_.vehicles[slot].next_incoming) {
    room = std::min(room, zone_.rear_m(zone_.vehicles[slot].row));
  }
  return std::max(0.0, room);
}

void MicroZone::look_at_waiting(const Body& body, Surroundings& seen) const {
  for (std::uint32_t slot = first_waiting_[body.lane]; slot != no_row;
       slot = zone_.vehicles[slot].next_incoming) {
    const std::uint32_t row = zone_.vehicles[slot].row;
    const double side = std::abs(zone_.rows.lateral_m[row] - body.lateral_m) -
                        0.5 * (zone_.width_m(row) + zone_.types.width_m[body.type]);
    if (side >= zone_.options.lateral.touch_m) continue;
    const double gap = zone_.rear_m(row) - body.position_m;
    seen.free &= zone_.can_stop_behind(body.speed_mps, body.type, gap, zone_.braking_of(row));
    if (gap < seen.gap_ahead_m) {
      seen.gap_ahead_m = gap;
      seen.ahead_mps = zone_.rows.speed_mps[row];
    }
  }
}

MicroZone::Slot MicroZone::best_slot(std::uint32_t lane, std::uint32_t type, double speed_mps,
                                     double early_s, std::uint32_t turn) const {
  Slot best = slot_in(lane, type, speed_mps, early_s);
  const std::uint32_t link = zone_.map.lane[lane].link;
  if (open_borrowed(link) == 0) return best;
  const std::uint32_t first = zone_.map.first_lane(link);
  for (std::uint32_t other = first; other < first + zone_.map.lane[first].lanes; ++other) {
    const bool leads_there =
        turn == no_row || zone_.map.movement[zone_.map.movement_of(other, turn)].proper;
    const bool lets_in = contains(zone_.may_use[other], zone_.types.kind[type]);
    if (other == lane || !lets_in || !leads_there) continue;
    const Slot slot = slot_in(other, type, speed_mps, early_s);
    if (slot.free && (!best.free || slot.gap_m > best.gap_m)) best = slot;
  }
  return best;
}

MicroZone::Slot MicroZone::slot_in(std::uint32_t lane, std::uint32_t type, double speed_mps,
                                   double early_s) const {
  Slot best;
  // It must be able to stop at the end of a short lane too.
  if (zone_.stops_in_m(speed_mps, zone_.types.deceleration_mps2[type]) >
      zone_.map.lane[lane].length_m) {
    return best;
  }
  const int paths = paths_of(zone_, lane, type);
  for (int path = 0; path < paths; ++path) {
    const Body body{lane,     no_row, type, -speed_mps * early_s, path_m(zone_, lane, type, path),
                    speed_mps};
    Surroundings seen = look_around(zone_, body);
    look_at_waiting(body, seen);
    if (!seen.free || (best.free && seen.gap_ahead_m <= best.gap_m)) continue;
    best = {true, lane, body.lateral_m, seen.gap_ahead_m, seen.ahead_mps};
  }
  return best;
}

bool MicroZone::may_enter(std::uint32_t lane, std::uint32_t type, double speed_mps) const {
  return best_slot(inside_lane(lane), type, speed_mps, 0, no_row).free;
}

std::optional<double> MicroZone::entry_speed_mps(std::uint32_t lane, std::uint32_t type,
                                                 double wished_mps, Micros at, bool keeps_up,
                                                 std::uint32_t turn) const {
  const std::uint32_t inside = inside_lane(lane);
  const double early_s = seconds(at - now());
  constexpr double in_a_lane = 0.99;  // of the speed from which one can stop by its end
  const double stopping = in_a_lane * std::sqrt(2 * zone_.types.deceleration_mps2[type] *
                                                zone_.map.lane[inside].length_m);
  const double most = std::min({wished_mps, zone_.types.top_speed_mps[type], stopping});
  constexpr double least_mps = 0.5, nearly = 0.95;
  for (const double share : {1.0, 0.75, 0.5, 0.25}) {
    const double speed = share * most;
    const Slot slot = best_slot(inside, type, speed, early_s, turn);
    if (!slot.free) continue;
    if (slot.gap_m >= nothing_near_m) return speed;
    const double following =
        std::min(most, krauss_exact_safe_speed_mps(
                           slot.gap_m - zone_.types.standing_gap_m[type], slot.ahead_mps,
                           zone_.types.comfortable_mps2[type], zone_.types.time_gap_s[type]));
    const double least = keeps_up ? nearly * std::min(most, slot.ahead_mps) : 0;
    if (following < std::max(least_mps, least)) break;
    if (best_slot(inside, type, following, early_s, turn).free) return following;
    if (following > speed) return speed;
  }
  return std::nullopt;
}

bool MicroZone::may_pull_out(std::uint32_t lane, std::uint32_t type, double position_m) const {
  const std::uint32_t inside = inside_lane(lane);
  const Body body{inside, no_row, type, position_m, path_m(zone_, inside, type, 0), 0};
  Surroundings seen = look_around(zone_, body);
  look_at_waiting(body, seen);
  if (!seen.free || seen.in_its_way) return false;
  if (seen.row_behind == no_row) return true;
  const double speed = zone_.rows.speed_mps[seen.row_behind];
  const double easily = zone_.types.comfortable_mps2[zone_.rows.type[seen.row_behind]];
  return zone_.stops_in_m(speed, easily) <= seen.gap_behind_m;
}

void MicroZone::enter(const Entering& entering) {
  const std::uint32_t first = inside_lane(entering.lane);
  const std::string who = "microscopic zone: vehicle " + std::to_string(entering.vehicle);
  if (entering.type >= zone_.types.size() || !(entering.speed_mps >= 0) ||
      !(entering.speed_factor > 0) || entering.at < now() ||
      entering.at >= now() + zone_.step_micros) {
    throw ScenarioError(who + " comes in with a type, speed or moment that cannot be");
  }
  const std::uint32_t turn = zone_.turn_at_end(entering.vehicle, zone_.map.lane[first].link);
  const double early_s = seconds(entering.at - now());
  const bool pulls_out = entering.position_m > 0;
  const Slot slot = pulls_out
                        ? Slot{may_pull_out(entering.lane, entering.type, entering.position_m),
                               first, path_m(zone_, first, entering.type, 0), 0, 0}
                        : best_slot(first, entering.type, entering.speed_mps, early_s, turn);
  if (!slot.free) throw ScenarioError(who + " comes in where there is no room");
  if (slot_of_.contains(entering.vehicle)) {
    throw ScenarioError(who + " comes in while it is inside");
  }
  const std::uint32_t lane = slot.lane;
  auto index = static_cast<std::uint32_t>(zone_.vehicles.size());
  if (zone_.free_slots.empty()) {
    zone_.vehicles.emplace_back();
  } else {
    index = zone_.free_slots.back();
    zone_.free_slots.pop_back();
  }
  slot_of_.emplace(entering.vehicle, index);
  Vehicle& vehicle = zone_.vehicles[index];
  vehicle.id = entering.vehicle;
  vehicle.number = entering.number;
  vehicle.speed_factor = entering.speed_factor;
  vehicle.turn = turn;
  vehicle.row = static_cast<std::uint32_t>(zone_.rows.size());
  vehicle.next_incoming = first_waiting_[lane];
  first_waiting_[lane] = index;
  ++waiting_;
  VehicleRows& rows = zone_.rows;
  rows.append_row();
  rows.slot.back() = index;
  rows.lane.back() = lane;
  rows.type.back() = entering.type;
  rows.position_m.back() = pulls_out ? entering.position_m : -entering.speed_mps * early_s;
  rows.speed_mps.back() = entering.speed_mps;
  rows.lateral_m.back() = rows.aim_m.back() = slot.lateral_m;
  rows.going.back() = 1;
  zone_.choose_movement(vehicle.row);
  zone_.choose_speed(vehicle.row);
  zone_.choose_stop(vehicle.row);
  ++entered_;
}

}  // namespace kontwin::traffic::micro
