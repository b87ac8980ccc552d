#include "scenarios/traffic/micro/right_of_way.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "scenarios/traffic/micro/leaders.hpp"
#include "scenarios/traffic/micro/surroundings.hpp"

namespace kontwin::traffic::micro {

namespace {

constexpr double standing_mps = 0.3;
constexpr double at_line_m = 6;

Aspect aspect_of(const ZoneState& zone, std::uint32_t turn) {
  return zone.ask.aspect ? zone.ask.aspect(turn, zone.now)
                         : planned_aspect(zone.map.network(), turn, zone.now);
}

double stood_s(const ZoneState& zone, const Vehicle& vehicle) {
  return vehicle.stands ? static_cast<double>(zone.step - vehicle.stood_from) * zone.options.step_s
                        : 0;
}

bool stands_at_line(const ZoneState& zone, std::uint32_t row) {
  return zone.rows.speed_mps[row] < standing_mps && zone.to_end_m(row) < at_line_m;
}

/// The parts of a lane's width behind some of its vehicles, as those see it who follow them.
class Behind {
 public:
  explicit Behind(double touch_m) : touch_m_(touch_m) {}

  void add(double lateral_m, double width_m) {
    Strip strip{lateral_m - 0.5 * width_m, lateral_m + 0.5 * width_m};
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const bool overlaps = strips_[i].from_m <= strip.to_m && strips_[i].to_m >= strip.from_m;
      if (overlaps) {
        strip = {std::min(strip.from_m, strips_[i].from_m), std::max(strip.to_m, strips_[i].to_m)};
      } else {
        strips_[kept++] = strips_[i];
      }
    }
    // In a wider lane than anybody has seen the last strip takes in the next one.
    if (kept == strips_.size()) {
      --kept;
      strip = {std::min(strip.from_m, strips_[kept].from_m),
               std::max(strip.to_m, strips_[kept].to_m)};
    }
    strips_[kept] = strip;
    count_ = kept + 1;
  }
  bool holds(double lateral_m, double width_m) const {
    for (std::size_t i = 0; i < count_; ++i) {
      if (lateral_m + 0.5 * width_m + touch_m_ > strips_[i].from_m &&
          lateral_m - 0.5 * width_m - touch_m_ < strips_[i].to_m) {
        return true;
      }
    }
    return false;
  }

 private:
  struct Strip {
    double from_m, to_m;
  };
  double touch_m_;
  std::array<Strip, 8> strips_;
  std::size_t count_ = 0;
};

/// What those who give way to movements from a lane have to expect.
void look_back(ZoneState& zone, std::uint32_t lane) {
  const ZoneLane& from = zone.map.lane[lane];
  const std::uint32_t turns =
      zone.map.network().turn_begin[from.link + 1] - zone.map.network().turn_begin[from.link];
  for (std::uint32_t i = 0; i < turns; ++i) zone.approach[from.first_movement + i] = {};
  Behind blocked(zone.options.lateral.touch_m);
  for (std::uint32_t row = zone.lane_begin[lane]; row < zone.lane_begin[lane + 1]; ++row) {
    const double way = zone.to_end_m(row);
    if (way > zone.options.junction.look_back_m) break;
    const Vehicle& vehicle = zone.vehicle_of(row);
    const double lateral = zone.rows.lateral_m[row];
    const double width = zone.width_m(row);
    const bool committed = zone.rows.committed[row] != 0;
    const bool refused = !committed && stands_at_line(zone, row) &&
                         vehicle.verdict != Verdict::crossed && vehicle.verdict != Verdict::go &&
                         vehicle.verdict != Verdict::none;
    const bool cannot_pass = !committed && blocked.holds(lateral, width);
    if (refused || cannot_pass) blocked.add(lateral, width);
    if (cannot_pass || vehicle.movement == no_row) continue;
    const Movement& movement = zone.map.movement[vehicle.movement];
    if (!committed && aspect_of(zone, movement.turn) == Aspect::red) continue;
    // Nobody waits for long for somebody who does not come.
    if (!committed && !refused && stood_s(zone, vehicle) > zone.options.junction.patience_s)
      continue;
    if (movement.must_stop && !vehicle.stopped) continue;
    Approach& approach = zone.approach[vehicle.movement];
    if (!refused) {
      const std::uint32_t type = zone.rows.type[row];
      approach.arrival_s =
          std::min(approach.arrival_s, earliest_arrival_s(way, zone.rows.speed_mps[row],
                                                          zone.types.acceleration_mps2[type],
                                                          zone.rows.wished_mps[row]));
    } else if (vehicle.verdict == Verdict::yields &&
               std::pair(vehicle.asked_at, vehicle.number) <
                   std::pair(approach.held_since, approach.held_number)) {
      approach.held_since = vehicle.asked_at;
      approach.held_number = vehicle.number;
    }
  }
}

/// Whether it has to let somebody go first.
bool must_yield(const ZoneState& zone, std::uint32_t row, const Movement& movement) {
  const Vehicle& vehicle = zone.vehicle_of(row);
  const std::uint32_t type = zone.rows.type[row];
  const JunctionOptions& options = zone.options.junction;
  const double through_s =
      earliest_arrival_s(zone.to_end_m(row) + zone.types.length_m[type] + options.clearance_m,
                         zone.rows.speed_mps[row], zone.types.acceleration_mps2[type],
                         std::min(zone.rows.wished_mps[row], movement.speed_mps));
  for (const Foe& foe : zone.map.foes(vehicle.movement)) {
    if (!foe.goes_first) continue;
    const Approach& approach = zone.approach[foe.movement];
    if (approach.arrival_s < through_s + options.give_way_margin_s) return true;
    if (movement.first_come && std::pair(approach.held_since, approach.held_number) <
                                   std::pair(vehicle.asked_at, vehicle.number)) {
      return true;
    }
  }
  return false;
}

bool is_crossed(const ZoneState& zone, std::uint32_t movement) {
  for (const Foe& foe : zone.map.foes(movement)) {
    if (foe.crosses && zone.under_way[foe.movement] > 0) return true;
  }
  return false;
}

/// Calls `visit(rear_m, row)` for those in the lane it goes to whom it would touch, from the last
/// one forwards, as far as `look_m` beyond the end of its own lane.
template <typename Visit>
void for_each_beyond(const ZoneState& zone, std::uint32_t row, std::uint32_t target, double look_m,
                     Visit visit) {
  const double there = lateral_beyond_m(zone, row, target);
  for (std::uint32_t other = zone.lane_begin[target + 1]; other-- > zone.lane_begin[target];) {
    const double rear = zone.rear_m(other);
    if (zone.rows.position_m[other] - zone.types.longest_m > look_m) break;
    const double side = std::abs(zone.rows.lateral_m[other] - there) -
                        0.5 * (zone.width_m(other) + zone.width_m(row));
    if (side < zone.options.lateral.touch_m) visit(rear, other);
  }
}

/// Calls `visit(row)` for those who come into the lane it goes to for certain and whom it would
/// touch there.
template <typename Visit>
void for_each_incoming(const ZoneState& zone, std::uint32_t row, std::uint32_t target,
                       Visit visit) {
  const double there = lateral_beyond_m(zone, row, target);
  for (std::uint32_t slot = zone.first_incoming[target]; slot != no_row;
       slot = zone.vehicles[slot].next_incoming) {
    const std::uint32_t other = zone.vehicles[slot].row;
    const double side = std::abs(lateral_beyond_m(zone, other, target) - there) -
                        0.5 * (zone.width_m(other) + zone.width_m(row));
    if (side < zone.options.lateral.touch_m) visit(other);
  }
}

/// Whether the whole vehicle finds room beyond, whatever those ahead of it do.
bool has_room(const ZoneState& zone, std::uint32_t row, const Movement& movement) {
  if (!zone.map.lane[movement.target].inside) return true;
  double free_m = zone.map.lane[movement.target].length_m;
  const double need = zone.length_m(row) + zone.types.standing_gap_m[zone.rows.type[row]] +
                      zone.options.junction.clearance_m;
  constexpr double most_braking_m = 60;
  for_each_beyond(zone, row, movement.target, need + most_braking_m,
                  [&](double rear, std::uint32_t other) {
                    free_m = std::min(free_m, rear + zone.braking_of(other));
                  });
  for_each_incoming(zone, row, movement.target, [&](std::uint32_t other) {
    free_m -= zone.length_m(other) + zone.types.standing_gap_m[zone.rows.type[other]];
  });
  return free_m >= std::min(need, zone.map.lane[movement.target].length_m);
}

/// Whether it can come in between those who are in the lane it goes to and those who come there.
bool fits_in(const ZoneState& zone, std::uint32_t row, const Movement& movement) {
  const VehicleRows& rows = zone.rows;
  const double way = zone.to_end_m(row);
  const double speed = rows.speed_mps[row];
  const std::uint32_t type = rows.type[row];
  bool fits = true;
  if (zone.map.lane[movement.target].inside) {
    for_each_beyond(zone, row, movement.target, zone.braking_of(row),
                    [&](double rear, std::uint32_t other) {
                      fits &= zone.can_stop_behind(speed, type, way + rear, zone.braking_of(other));
                    });
  }
  for_each_incoming(zone, row, movement.target, [&](std::uint32_t other) {
    if (rows.lane[other] == rows.lane[row]) return;
    const double its_way = zone.to_end_m(other);
    const bool first = its_way < way || (its_way == way && other < row);
    fits &= first ? zone.can_stop_behind(speed, type, way - its_way - zone.length_m(other),
                                         zone.braking_of(other))
                  : zone.can_stop_behind(rows.speed_mps[other], rows.type[other],
                                         its_way - way - zone.length_m(row), zone.braking_of(row));
  });
  return fits;
}

/// From where on it must know whether it goes.
double commit_m(const ZoneState& zone, std::uint32_t row) {
  const double speed = zone.rows.speed_mps[row];
  const double deceleration = std::min(zone.options.junction.commit_deceleration_mps2,
                                       zone.types.deceleration_mps2[zone.rows.type[row]]);
  constexpr double steps = 1.5;
  return braking_m(speed, deceleration) + steps * speed * zone.options.step_s +
         zone.options.junction.stop_margin_m + 1;
}

Verdict judge(ZoneState& zone, std::uint32_t row) {
  Vehicle& vehicle = zone.vehicle_of(row);
  if (vehicle.movement == no_row) return Verdict::go;
  const Movement& movement = zone.map.movement[vehicle.movement];
  const Aspect aspect = aspect_of(zone, movement.turn);
  if (aspect == Aspect::red) {
    vehicle.asked = false;
    return Verdict::red;
  }
  if (!movement.proper) {
    if (stood_s(zone, vehicle) < zone.options.junction.patience_s || !stands_at_line(zone, row)) {
      return Verdict::wrong_lane;
    }
  }
  if (!vehicle.asked) {
    vehicle.asked = true;
    vehicle.asked_at = zone.step;
  }
  if (movement.must_stop && !vehicle.stopped) return Verdict::yields;
  constexpr double aligned_m = 1e-3;
  if (std::abs(lateral_beyond_m(zone, row, movement.target) - zone.rows.lateral_m[row]) >
      aligned_m) {
    return Verdict::unmoved;
  }
  const bool protects = aspect == Aspect::exclusive && movement.proper;
  if (!protects && must_yield(zone, row, movement)) return Verdict::yields;
  // What is in the way from farther off will have moved.
  constexpr double soon_s = 1;
  const double early = zone.to_end_m(row) - commit_m(zone, row);
  if (early > soon_s * zone.rows.speed_mps[row]) return Verdict::go;
  if (is_crossed(zone, vehicle.movement)) return Verdict::crossed;
  if (movement.crosses && !has_room(zone, row, movement)) return Verdict::no_room;
  if (early > 0) return Verdict::go;
  if (!fits_in(zone, row, movement)) return Verdict::crossed;
  const std::uint32_t lane = zone.rows.lane[row];
  const bool asks = !zone.map.lane[movement.target].inside || zone.metered[lane] != 0;
  if (asks && zone.ask.accept &&
      !zone.ask.accept(vehicle.id, movement.turn, zone.map.lane[lane].network_lane)) {
    return Verdict::no_room;
  }
  return Verdict::go;
}

void note_standing(ZoneState& zone, std::uint32_t row) {
  Vehicle& vehicle = zone.vehicle_of(row);
  const bool stands = zone.rows.speed_mps[row] < standing_mps;
  if (stands && !vehicle.stands) vehicle.stood_from = zone.step;
  vehicle.stands = stands;
  vehicle.stopped |= stands_at_line(zone, row);
}

/// Who is behind somebody that does not go does not either; who is behind somebody that may yet
/// stop does not commit itself, so that nobody holds a junction up that is itself held up.
void decide_lane(ZoneState& zone, std::uint32_t lane) {
  VehicleRows& rows = zone.rows;
  Behind stopped(zone.options.lateral.touch_m), undecided(zone.options.lateral.touch_m);
  for (std::uint32_t row = zone.lane_begin[lane]; row < zone.lane_begin[lane + 1]; ++row) {
    if (rows.committed[row] != 0) continue;
    const double way = zone.to_end_m(row);
    if (way > view_m(zone, row)) {
      rows.going[row] = 1;
      constexpr double farthest_m = 250;
      if (way > farthest_m) break;
      continue;
    }
    note_standing(zone, row);
    const bool mixed = zone.lane_mixed[lane] != 0;
    const double lateral = mixed ? rows.lateral_m[row] : 0;
    const double width = mixed ? zone.width_m(row) : 1;
    const bool certain = way <= commit_m(zone, row);
    Verdict verdict = Verdict::none;
    bool goes = false;
    if (!stopped.holds(lateral, width)) {
      goes = certain && undecided.holds(lateral, width);
      if (!goes) {
        verdict = judge(zone, row);
        goes = verdict == Verdict::go;
        if (goes && certain) zone.commit(row);
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
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    if (zone.map.lane[lane].others_wait) look_back(zone, lane);
  }
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    if (zone.lane_begin[lane] != zone.lane_begin[lane + 1]) decide_lane(zone, lane);
  }
}

}  // namespace kontwin::traffic::micro
