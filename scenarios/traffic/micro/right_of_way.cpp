#include "scenarios/traffic/micro/right_of_way.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/traffic/micro/approaches.hpp"
#include "scenarios/traffic/micro/blocked_width.hpp"
#include "scenarios/traffic/micro/car_following.hpp"
#include "scenarios/traffic/micro/leaders.hpp"
#include "scenarios/traffic/micro/room_beyond.hpp"
#include "scenarios/traffic/micro/standing.hpp"
#include "scenarios/traffic/micro/surroundings.hpp"

namespace kontwin::traffic::micro {

namespace {

/// From where on it must know whether it goes.
double commit_m(const ZoneState& zone, std::uint32_t row) {
  const double speed = zone.rows.speed_mps[row];
  const double deceleration = std::min(zone.options.junction.commit_deceleration_mps2,
                                       zone.types.deceleration_mps2[zone.rows.type[row]]);
  constexpr double steps = 1.5;
  return braking_m(speed, deceleration) + steps * speed * zone.options.step_s +
         zone.options.junction.stop_margin_m + 1;
}

/// Whether the caller has the last word on its going over the end of its lane.
bool asks(const ZoneState& zone, std::uint32_t row) {
  const Movement& movement = zone.map.movement[zone.vehicle_of(row).movement];
  const bool leaves = !zone.map.lane[movement.target].inside;
  return zone.ask.accept && (leaves || zone.metered[zone.rows.lane[row]] != 0);
}

/// Whether there is room for it beyond the junction, and nobody has waited longer for that.
bool may_fill(const ZoneState& zone, std::uint32_t row, const Movement& movement) {
  return !comes_later(zone, row, movement) && has_room(zone, row, movement);
}

/// `first`: nobody before it has yet to set off. Those behind do not hold a place in the order of
/// those who came.
Verdict judge(ZoneState& zone, std::uint32_t row, bool first) {
  Vehicle& vehicle = zone.vehicle_of(row);
  if (vehicle.movement == no_row) return Verdict::go;
  const Movement& movement = zone.map.movement[vehicle.movement];
  const Aspect aspect = aspect_of(zone, movement.turn);
  if (aspect == Aspect::red) {
    vehicle.asked = false;
    return Verdict::red;
  }
  // On a link too short to change lanes on, one turns from the lane one came into.
  constexpr double short_m = 20;
  if (!movement.proper && zone.map.lane[movement.lane].length_m > short_m) {
    if (stood_s(zone, vehicle) < zone.options.junction.patience_s || !stands_at_line(zone, row)) {
      return Verdict::wrong_lane;
    }
  }
  if (movement.shut) return Verdict::no_room;
  if (!vehicle.asked) vehicle.asked_at = zone.step;
  vehicle.asked = first;
  if (movement.must_stop && !vehicle.stopped) return Verdict::yields;
  // Who could not clear the junction waits whoever goes first, and is in nobody's way.
  if (stands_at_line(zone, row) && !may_fill(zone, row, movement)) return Verdict::no_room;
  constexpr double aligned_m = 1e-3;
  if (std::abs(lateral_beyond_m(zone, row, movement.target) - zone.rows.lateral_m[row]) >
      aligned_m) {
    return Verdict::unmoved;
  }
  const bool protects = aspect == Aspect::exclusive && movement.proper;
  if (!protects && must_yield(zone, row, movement)) return Verdict::yields;
  if (movement.first_come && finds_out(zone, row)) return Verdict::yields;
  // What is in the way from farther off will have moved.
  constexpr double soon_s = 1;
  const double early = zone.to_end_m(row) - commit_m(zone, row);
  if (early > soon_s * zone.rows.speed_mps[row]) return Verdict::go;
  if (is_crossed(zone, vehicle.movement)) return Verdict::crossed;
  if (!may_fill(zone, row, movement)) return Verdict::no_room;
  if (early > 0) return Verdict::go;
  if (!fits_in(zone, row, movement)) return Verdict::crossed;
  if (asks(zone, row) && !zone.ask.accept(vehicle.id, movement.turn,
                                          zone.map.lane[zone.rows.lane[row]].network_lane)) {
    return Verdict::no_room;
  }
  return Verdict::go;
}

void go(ZoneState& zone, std::uint32_t row) {
  const std::uint32_t movement = zone.vehicle_of(row).movement;
  if (movement != no_row && zone.map.movement[movement].first_come) take_turn(zone, row);
  zone.commit(row);
}

void note_standing(ZoneState& zone, std::uint32_t row) {
  Vehicle& vehicle = zone.vehicle_of(row);
  const bool stands = zone.rows.speed_mps[row] < standing_mps;
  if (stands && !vehicle.stands) vehicle.stood_from = zone.step;
  vehicle.stands = stands;
  vehicle.stopped |= stands_at_line(zone, row);
}

/// Who was to go but came to a stand before the line, since what was free beyond it is not any
/// more, is in nobody's way again: it has not entered the junction.
bool withdraws(ZoneState& zone, std::uint32_t row) {
  const Vehicle& vehicle = zone.vehicle_of(row);
  if (!stands_at_line(zone, row) || zone.braking_of(row) > zone.to_end_m(row)) return false;
  if (vehicle.movement == no_row || asks(zone, row)) return false;
  zone.withdraw(row);
  const Movement& movement = zone.map.movement[vehicle.movement];
  if (movement.shut || !has_room(zone, row, movement)) return true;
  zone.commit(row);
  return false;
}

/// Who is behind somebody that does not go does not either; who is behind somebody that may yet
/// stop does not commit itself, so that nobody holds a junction up that is itself held up.
void decide_lane(ZoneState& zone, std::uint32_t lane) {
  VehicleRows& rows = zone.rows;
  BlockedWidth stopped(zone.options.lateral.touch_m), undecided(zone.options.lateral.touch_m);
  for (std::uint32_t row = zone.lane_begin[lane]; row < zone.lane_begin[lane + 1]; ++row) {
    if (rows.committed[row] != 0 && !withdraws(zone, row)) continue;
    const double way = zone.to_end_m(row);
    if (way > view_m(zone, row)) {
      rows.going[row] = 1;
      constexpr double farthest_m = 250;
      if (way > farthest_m) break;
      continue;
    }
    note_standing(zone, row);
    const bool stops = zone.vehicle_of(row).stops();
    const bool mixed = zone.lane_mixed[lane] != 0;
    const double lateral = mixed ? rows.lateral_m[row] : 0;
    const double width = mixed ? zone.width_m(row) : 1;
    const bool certain = way <= commit_m(zone, row);
    Verdict verdict = Verdict::none;
    bool goes = false;
    if (!stops && !stopped.holds(lateral, width)) {
      const bool first = !undecided.holds(lateral, width);
      goes = certain && !first;
      if (!goes) {
        verdict = judge(zone, row, first);
        goes = verdict == Verdict::go;
        if (goes && certain) go(zone, row);
      }
    }
    zone.vehicle_of(row).verdict = verdict;
    rows.going[row] = goes ? 1 : 0;
    if (!goes) stopped.add(lateral, width);
    if (rows.committed[row] == 0) undecided.add(lateral, width);
  }
}

}  // namespace

Aspect planned_aspect(const Network& network, std::uint32_t turn, Micros now) {
  const std::uint32_t which = network.turn_signal[turn];
  if (which == no_row) return Aspect::permissive;
  const Signal& signal = network.signals[which];
  Micros at = (now - signal.offset) % signal.cycle;
  if (at < 0) at += signal.cycle;
  for (std::uint32_t i = network.green_begin[turn]; i < network.green_begin[turn + 1]; ++i) {
    const Network::Green& green = network.green[i];
    if (at >= green.begin && at < green.end) {
      return green.permissive ? Aspect::permissive : Aspect::exclusive;
    }
  }
  return Aspect::red;
}

void decide_right_of_way(ZoneState& zone) {
  const auto lanes = static_cast<std::uint32_t>(zone.map.inside_lanes());
  note_claims(zone);
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    if (zone.map.lane[lane].others_wait) look_back(zone, lane);
  }
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    if (zone.lane_begin[lane] != zone.lane_begin[lane + 1]) decide_lane(zone, lane);
  }
}

}  // namespace kontwin::traffic::micro
