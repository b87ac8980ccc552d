#include "scenarios/traffic/micro/motion.hpp"

#include <algorithm>

#include "scenarios/traffic/micro/standing.hpp"
#include "scenarios/traffic/micro/step_kernels.hpp"
#include "scenarios/traffic/micro/surroundings.hpp"

namespace kontwin::traffic::micro {

namespace {

/// When in the step that ends now the front went over the end of the lane.
Micros crossed_at(const ZoneState& zone, double beyond_m, double speed_mps, Micros end) {
  constexpr double slowest_mps = 0.1;
  const double ago_s =
      std::clamp(beyond_m / std::max(speed_mps, slowest_mps), 0.0, zone.options.step_s);
  return end - to_micros(ago_s);
}

void enter_next_lane(ZoneState& zone, std::uint32_t row, std::uint32_t target, double beyond_m) {
  VehicleRows& rows = zone.rows;
  Vehicle& vehicle = zone.vehicle_of(row);
  rows.lateral_m[row] = lateral_beyond_m(zone, row, target);
  rows.aim_m[row] = rows.lateral_m[row];
  rows.lane[row] = target;
  rows.position_m[row] = std::min(beyond_m, zone.map.lane[target].length_m);
  rows.committed[row] = 0;
  rows.going[row] = 1;
  const std::uint32_t link = zone.map.lane[target].link;
  vehicle.turn = zone.turn_at_end(vehicle.id, link);
  vehicle.asked = vehicle.stands = vehicle.stopped = false;
  vehicle.verdict = Verdict::none;
  vehicle.changed_at = 0;
  zone.choose_movement(row);
  zone.choose_speed(row);
  zone.choose_stop(row);
}

void refresh(ZoneState& zone, Tail& tail) {
  const std::uint32_t row = zone.vehicles[tail.slot].row;
  tail.rear_m = zone.rows.odometer_m[row] - tail.line_m - zone.types.length_m[tail.type];
  tail.speed_mps = zone.rows.speed_mps[row];
}

void cross(ZoneState& zone, std::uint32_t row, double beyond_m, Micros end,
           std::vector<Leaving>& leaving) {
  VehicleRows& rows = zone.rows;
  const Vehicle& vehicle = zone.vehicle_of(row);
  const std::uint32_t lane = rows.lane[row];
  const std::uint32_t which = vehicle.movement;
  Leaving gone{vehicle.id,
               zone.map.lane[lane].link,
               no_row,
               no_row,
               crossed_at(zone, beyond_m, rows.speed_mps[row], end),
               rows.speed_mps[row]};
  const std::uint32_t next = which == no_row ? no_row : zone.map.movement[which].target;
  const bool stays = next != no_row && zone.map.lane[next].inside;
  zone.passed.push_back({vehicle.id, zone.map.lane[lane].network_lane,
                         stays ? zone.map.lane[next].link : no_row, gone.at});
  if (which == no_row) {
    leaving.push_back(gone);
    leave(zone, row);
    return;
  }
  const Movement& movement = zone.map.movement[which];
  const std::uint32_t type = rows.type[row];
  zone.arrive(rows.slot[row], movement.target);
  zone.tails.push_back({lane, which, rows.slot[row], vehicle.id, type,
                        rows.odometer_m[row] - beyond_m, rows.lateral_m[row],
                        beyond_m - zone.types.length_m[type], rows.speed_mps[row],
                        rows.wished_mps[row], no_row});
  if (zone.map.lane[movement.target].inside) {
    enter_next_lane(zone, row, movement.target, beyond_m);
    return;
  }
  gone.turn = movement.turn;
  gone.lane = zone.map.lane[movement.target].network_lane;
  leaving.push_back(gone);
  leave(zone, row);
}

/// Outside, they drive off as on an empty road.
void drive_off(ZoneState& zone) {
  const double step_s = zone.options.step_s;
  for (Tail& tail : zone.tails) {
    if (tail.slot != no_row) continue;
    const double before = tail.speed_mps;
    tail.speed_mps = std::min(std::max(before, tail.wished_mps),
                              before + zone.types.acceleration_mps2[tail.type] * step_s);
    tail.rear_m += 0.5 * (before + tail.speed_mps) * step_s;
  }
}

/// Brings tails up to date, and drops those that are clear of the junction.
void follow_tails(ZoneState& zone) {
  for (const Tail& tail : zone.tails) zone.first_tail[tail.lane] = no_row;
  std::erase_if(zone.tails, [&zone](Tail& tail) {
    if (tail.slot != no_row) refresh(zone, tail);
    // Who has come to a stand beyond it, in a queue say, is clear of it by less.
    const double clear_m = tail.speed_mps < standing_mps ? 0 : zone.options.junction.clearance_m;
    if (tail.rear_m < std::max(0.0, clear_m)) return false;
    --zone.under_way[tail.movement];
    return true;
  });
  for (std::uint32_t at = 0; at < zone.tails.size(); ++at) {
    Tail& tail = zone.tails[at];
    tail.next = no_row;
    if (tail.rear_m >= 0) continue;
    tail.next = zone.first_tail[tail.lane];
    zone.first_tail[tail.lane] = at;
  }
}

/// Who has come to the place where it stops stays there for its time; who has, drives on.
void look_after_stops(ZoneState& zone, Micros end) {
  constexpr double there_m = 1;
  // Those who go on may stop again on the same link, and are listed anew.
  std::vector<std::uint32_t> over;
  for (const std::uint32_t slot : zone.stopping) {
    Vehicle& vehicle = zone.vehicles[slot];
    if (vehicle.stops_until != never) {
      if (end >= vehicle.stops_until) over.push_back(slot);
      continue;
    }
    const bool there = zone.rows.position_m[vehicle.row] > vehicle.stopping.at_m - there_m;
    if (!there || zone.rows.speed_mps[vehicle.row] >= standing_mps) continue;
    vehicle.stops_until = std::max(end + vehicle.stopping.dwell, vehicle.stopping.not_before);
    if (zone.ask.stopped) zone.ask.stopped(vehicle.id, end, vehicle.stops_until);
  }
  for (const std::uint32_t slot : over) {
    std::erase(zone.stopping, slot);
    zone.choose_stop(zone.vehicles[slot].row);
  }
}

}  // namespace

void leave(ZoneState& zone, std::uint32_t row) {
  const std::uint32_t slot = zone.rows.slot[row];
  for (Tail& tail : zone.tails) {
    if (tail.slot != slot) continue;
    refresh(zone, tail);
    tail.slot = no_row;
  }
  if (zone.vehicles[slot].stops()) std::erase(zone.stopping, slot);
  zone.rows.lane[row] = no_row;
  zone.vehicles[slot] = {};
  zone.free_slots.push_back(slot);
}

void move_on(ZoneState& zone, std::vector<Leaving>& leaving) {
  VehicleRows& rows = zone.rows;
  const StepColumns columns{rows.type,       rows.wished_mps,       rows.gap_m,
                            rows.leader_mps, rows.room_m,           rows.ceiling_mps,
                            rows.random,     rows.position_m,       rows.odometer_m,
                            rows.speed_mps,  rows.acceleration_mps2};
  step(zone.options.following, zone.types, columns, zone.options.step_s);
  const Micros end = zone.now + zone.step_micros;
  drive_off(zone);
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    const double beyond = -zone.to_end_m(row);
    if (beyond < 0) continue;
    if (rows.committed[row] == 0) {
      rows.position_m[row] = zone.map.lane[rows.lane[row]].length_m;  // rounding
      continue;
    }
    cross(zone, row, beyond, end, leaving);
  }
  zone.sort_rows();
  follow_tails(zone);
  look_after_stops(zone, end);
}

}  // namespace kontwin::traffic::micro
