#include "scenarios/traffic/micro/leaders.hpp"

#include <cmath>
#include <limits>

#include "scenarios/traffic/micro/lateral_moves.hpp"
#include "scenarios/traffic/micro/surroundings.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic::micro {

namespace {

/// The speed by the end of this step of one that comes down comfortably to a speed `distance_m`
/// further.
double speed_towards_mps(const ZoneState& zone, std::uint32_t row, double distance_m,
                         double speed_mps) {
  const double step_s = zone.options.step_s;
  const double comfortable = zone.types.comfortable_mps2[zone.rows.type[row]];
  const double half = 0.5 * comfortable * step_s;
  const double left = 2 * std::max(0.0, distance_m) - zone.rows.speed_mps[row] * step_s;
  const double under = half * half + speed_mps * speed_mps + comfortable * left;
  return std::max(std::sqrt(std::max(0.0, under)) - half, speed_mps);
}

/// What one vehicle has ahead of it.
class Ahead {
 public:
  Ahead(const ZoneState& zone, std::uint32_t row)
      : zone_(zone),
        row_(row),
        width_(zone.width_m(row)),
        lateral_(zone.rows.lateral_m[row]),
        to_end_(zone.to_end_m(row)) {}

  /// Something to follow and to be able to stop behind.
  void obstacle(double at_gap_m, double speed_mps, double its_braking_m) {
    room_m = std::min(room_m, at_gap_m + its_braking_m);
    follow(at_gap_m, speed_mps);
  }
  /// Of several, that one counts behind which one would come to a stand first.
  void follow(double at_gap_m, double speed_mps) {
    constexpr double usual_mps2 = 2;
    const double stands_at = at_gap_m + braking_m(speed_mps, usual_mps2);
    if (stands_at >= stands_at_) return;
    stands_at_ = stands_at;
    gap_m = at_gap_m;
    leader_mps = speed_mps;
  }
  /// A speed to have come down to when one is `distance_m` further, by the end of this step.
  void slow_down(double distance_m, double speed_mps) {
    ceiling_mps = std::min(ceiling_mps, speed_towards_mps(zone_, row_, distance_m, speed_mps));
  }

  void plain_lane(std::uint32_t first) {
    if (row_ == first) return;
    vehicle(row_ - 1, zone_.rear_m(row_ - 1) - zone_.rows.position_m[row_]);
  }
  void mixed_lane(std::uint32_t first) {
    nearest_ = nothing_near_m;
    for (std::uint32_t other = row_; other-- > first;) {
      const double gap = zone_.rear_m(other) - zone_.rows.position_m[row_];
      if (gap > sight_m || gap - zone_.types.longest_m > nearest_) break;
      beside_or_ahead(other, gap, lateral_);
    }
  }
  void tails() {
    const std::uint32_t slot = zone_.rows.slot[row_];
    for (std::uint32_t at = zone_.first_tail[zone_.rows.lane[row_]]; at != no_row;
         at = zone_.tails[at].next) {
      const Tail& tail = zone_.tails[at];
      if (tail.slot == slot || !touches(tail.type, tail.lateral_m, lateral_)) continue;
      obstacle(to_end_ + tail.rear_m, tail.speed_mps,
               zone_.stops_in_m(tail.speed_mps, zone_.types.deceleration_mps2[tail.type]));
    }
  }
  void end_of_lane() {
    const VehicleRows& rows = zone_.rows;
    const std::uint32_t movement = zone_.vehicle_of(row_).movement;
    if (rows.committed[row_] == 0) room_m = std::min(room_m, to_end_);
    if (rows.going[row_] == 0) {
      follow(to_end_ + zone_.types.standing_gap_m[rows.type[row_]] -
                 zone_.options.junction.stop_margin_m,
             0);
    } else if (movement != no_row) {
      slow_down(to_end_, zone_.map.movement[movement].speed_mps);
    }
  }
  /// The lane it goes to, and those who come into it from other lanes.
  void beyond() {
    const std::uint32_t movement = zone_.vehicle_of(row_).movement;
    if (movement == no_row) return;
    const std::uint32_t target = zone_.map.movement[movement].target;
    const bool committed = zone_.rows.committed[row_] != 0;
    const double there = lateral_beyond_m(zone_, row_, target);
    if (zone_.map.lane[target].inside) {
      const std::uint32_t first = zone_.lane_begin[target];
      nearest_ = nothing_near_m;
      for (std::uint32_t other = zone_.lane_begin[target + 1]; other-- > first;) {
        const double gap = to_end_ + zone_.rear_m(other);
        if (gap > sight_m || gap - zone_.types.longest_m > nearest_) break;
        // Who can still stop at the end of their lane need not be able to stop for these.
        beside_or_ahead(other, gap, there, committed);
      }
      const double length = zone_.map.lane[target].length_m;
      if (committed) {
        room_m = std::min(room_m, to_end_ + length);
        slow_down(to_end_ + length, 0);
      }
    }
    if (committed) incoming(target, there);
  }

  double gap_m = nothing_near_m, leader_mps = 0, room_m = nothing_near_m;
  double ceiling_mps = std::numeric_limits<double>::infinity();

 private:
  bool touches(std::uint32_t type, double its_lateral_m, double my_lateral_m) const {
    return side_gap(type, its_lateral_m, my_lateral_m) < zone_.options.lateral.touch_m;
  }
  double side_gap(std::uint32_t type, double its_lateral_m, double my_lateral_m) const {
    return std::abs(its_lateral_m - my_lateral_m) - 0.5 * (zone_.types.width_m[type] + width_);
  }
  void vehicle(std::uint32_t other, double gap, bool binding = true) {
    const double speed = zone_.rows.speed_mps[other];
    if (binding) {
      obstacle(gap, speed, zone_.braking_of(other));
    } else {
      follow(gap, speed);
    }
    nearest_ = std::min(nearest_, gap);
  }
  void beside_or_ahead(std::uint32_t other, double gap, double my_lateral_m, bool binding = true) {
    const double side = side_gap(zone_.rows.type[other], zone_.rows.lateral_m[other], my_lateral_m);
    if (side < zone_.options.lateral.touch_m) {
      vehicle(other, gap, binding);
    } else {
      slow_down(gap, zone_.rows.speed_mps[other] + passing_mps(zone_.options.lateral, side));
    }
  }
  void incoming(std::uint32_t target, double there) {
    for (std::uint32_t slot = zone_.first_incoming[target]; slot != no_row;
         slot = zone_.vehicles[slot].next_incoming) {
      const std::uint32_t other = zone_.vehicles[slot].row;
      if (zone_.rows.lane[other] == zone_.rows.lane[row_]) continue;
      const double its_way = zone_.to_end_m(other);
      const bool first = its_way < to_end_ || (its_way == to_end_ && other < row_);
      if (!first ||
          !touches(zone_.rows.type[other], lateral_beyond_m(zone_, other, target), there)) {
        continue;
      }
      obstacle(to_end_ - its_way - zone_.length_m(other), zone_.rows.speed_mps[other],
               zone_.braking_of(other));
    }
  }

  const ZoneState& zone_;
  std::uint32_t row_;
  double width_, lateral_, to_end_;
  double stands_at_ = std::numeric_limits<double>::infinity();
  double nearest_ = nothing_near_m;  ///< gap to the nearest that it touches
};

void look_ahead(ZoneState& zone, std::uint32_t row, bool mixed) {
  VehicleRows& rows = zone.rows;
  const std::uint32_t first = zone.lane_begin[rows.lane[row]];
  Ahead ahead(zone, row);
  const double to_end = zone.to_end_m(row);
  if (mixed) {
    ahead.mixed_lane(first);
  } else {
    ahead.plain_lane(first);
  }
  // In a plain lane those behind the first have nothing to do with what is beyond it until they are
  // committed.
  const bool near_end = to_end < sight_m && (mixed || row == first || rows.committed[row] != 0);
  if (near_end) ahead.tails();
  ahead.end_of_lane();
  if (near_end && rows.going[row] != 0 &&
      (rows.committed[row] != 0 || ahead.gap_m >= nothing_near_m)) {
    ahead.beyond();
  }
  rows.gap_m[row] = ahead.gap_m;
  rows.leader_mps[row] = ahead.leader_mps;
  rows.room_m[row] = ahead.room_m;
  rows.ceiling_mps[row] = ahead.ceiling_mps;
  constexpr double rounding_m = 1e-6;
  if (zone.braking_of(row) > std::max(0.0, ahead.room_m) + rounding_m) ++zone.overruns;
}

}  // namespace

double view_m(const ZoneState& zone, std::uint32_t row) {
  const double speed = zone.rows.speed_mps[row];
  const std::uint32_t type = zone.rows.type[row];
  constexpr double at_least_m = 20;
  return at_least_m + braking_m(speed, zone.types.comfortable_mps2[type]) +
         speed * zone.types.time_gap_s[type];
}

void find_leaders(ZoneState& zone, std::span<const LaneChanges::Courtesy> courtesies) {
  VehicleRows& rows = zone.rows;
  for (std::size_t lane = 0; lane < zone.map.inside_lanes(); ++lane) {
    const bool mixed = zone.lane_mixed[lane] != 0;
    for (std::uint32_t row = zone.lane_begin[lane]; row < zone.lane_begin[lane + 1]; ++row) {
      look_ahead(zone, row, mixed);
    }
  }
  for (const std::uint32_t slot : zone.stopping) {
    const std::uint32_t row = zone.vehicles[slot].row;
    rows.ceiling_mps[row] = std::min(
        rows.ceiling_mps[row],
        speed_towards_mps(zone, row, zone.vehicles[slot].stopping.at_m - rows.position_m[row], 0));
  }
  for (const LaneChanges::Courtesy& courtesy : courtesies) {
    const std::uint32_t row = zone.vehicles[courtesy.slot].row;
    const double gap = courtesy.rear_m - rows.position_m[row];
    if (gap < 0 || gap > rows.gap_m[row]) continue;
    rows.gap_m[row] = gap;
    rows.leader_mps[row] = courtesy.speed_mps;
  }
  if (zone.options.following != CarFollowing::krauss) return;
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    const bool draws = zone.types.imperfection[rows.type[row]] > 0;
    rows.random[row] =
        draws ? RandomStream(zone.options.seed, zone.vehicle_of(row).number, zone.step).uniform()
              : 0;
  }
}

}  // namespace kontwin::traffic::micro
