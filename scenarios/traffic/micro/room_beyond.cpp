#include "scenarios/traffic/micro/room_beyond.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "scenarios/traffic/micro/standing.hpp"
#include "scenarios/traffic/micro/surroundings.hpp"

namespace kontwin::traffic::micro {

namespace {

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

}  // namespace

bool has_room(const ZoneState& zone, std::uint32_t row, const Movement& movement) {
  if (movement.foes == 0 || !zone.map.lane[movement.target].inside) return true;
  const double lane_m = zone.map.lane[movement.target].length_m;
  const double need = zone.length_m(row) + zone.types.standing_gap_m[zone.rows.type[row]];
  constexpr double look_m = 60;
  double free_m = std::min(lane_m, need + look_m);
  double coming_m = 0;
  const auto takes = [&](std::uint32_t other) {
    return zone.length_m(other) + zone.types.standing_gap_m[zone.rows.type[other]];
  };
  // From the last one forwards: those beyond one that stands do not count.
  bool stands = false;
  for_each_beyond(zone, row, movement.target, need + look_m, [&](double rear, std::uint32_t other) {
    if (stands) return;
    stands = zone.rows.speed_mps[other] < standing_mps;
    if (stands) {
      free_m = std::min(free_m, rear);
    } else {
      coming_m += takes(other);
    }
  });
  for_each_incoming(zone, row, movement.target,
                    [&](std::uint32_t other) { coming_m += takes(other); });
  return free_m - coming_m >= std::min(need, lane_m);
}

void note_claims(ZoneState& zone) {
  std::ranges::fill(zone.claims, Claim{});
  for (std::uint32_t lane = 0; lane < zone.map.inside_lanes(); ++lane) {
    std::uint32_t row = zone.lane_begin[lane];
    while (row < zone.lane_begin[lane + 1] && zone.rows.committed[row] != 0) ++row;
    if (row == zone.lane_begin[lane + 1]) continue;
    const Vehicle& vehicle = zone.vehicle_of(row);
    if (vehicle.verdict != Verdict::no_room || !stands_at_line(zone, row)) continue;
    const std::uint32_t target = zone.map.movement[vehicle.movement].target;
    // Who waits for the caller's word waits in the caller's order.
    if (!zone.map.lane[target].inside || zone.metered[lane] != 0) continue;
    Claim& claim = zone.claims[target];
    if (std::pair(vehicle.asked_at, vehicle.number) < std::pair(claim.since, claim.number)) {
      claim = {vehicle.asked_at, vehicle.number};
    }
  }
}

bool comes_later(const ZoneState& zone, std::uint32_t row, const Movement& movement) {
  const Vehicle& vehicle = zone.vehicle_of(row);
  const Claim& claim = zone.claims[movement.target];
  return std::pair(claim.since, claim.number) < std::pair(vehicle.asked_at, vehicle.number);
}

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

}  // namespace kontwin::traffic::micro
