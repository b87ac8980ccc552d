#include "scenarios/traffic/micro/lateral_moves.hpp"

#include <bit>
#include <cmath>

#include "scenarios/traffic/micro/surroundings.hpp"

namespace kontwin::traffic::micro {

namespace {

/// Nearer to the end of a lane than this, one lines up with the lane one goes to.
constexpr double line_up_m = 50;

/// The speed that a place across the lane promises: what those ahead allow who are on that path, or
/// must be passed from it.
double outlook_mps(const ZoneState& zone, std::uint32_t row, double lateral_m) {
  const LateralOptions& options = zone.options.lateral;
  const VehicleRows& rows = zone.rows;
  const double standing_gap = zone.types.standing_gap_m[rows.type[row]];
  double best = rows.wished_mps[row];
  if (rows.going[row] == 0) {
    best = std::min(best, std::max(0.0, zone.to_end_m(row)) / options.outlook_s);
  }
  const std::uint32_t first = zone.lane_begin[rows.lane[row]];
  for (std::uint32_t other = row; other-- > first;) {
    const double gap = zone.rear_m(other) - rows.position_m[row];
    if (gap > options.outlook_m) break;
    const double side = std::abs(rows.lateral_m[other] - lateral_m) -
                        0.5 * (zone.width_m(other) + zone.width_m(row));
    double allowed = rows.speed_mps[other];
    if (side >= options.touch_m) {
      allowed += passing_mps(options, side) + std::max(0.0, gap) / options.outlook_s;
    } else if (gap >= 0) {
      allowed += std::max(0.0, gap - standing_gap) / options.outlook_s;
    } else {
      allowed -= 1;  // beside: the path is free once they have gone
    }
    best = std::min(best, allowed);
  }
  return best;
}

double best_path_m(const ZoneState& zone, std::uint32_t row) {
  const VehicleRows& rows = zone.rows;
  const std::uint32_t lane = rows.lane[row];
  const std::uint32_t type = rows.type[row];
  const double here = rows.lateral_m[row];
  double best = rows.aim_m[row];
  double best_value = outlook_mps(zone, row, best);
  const double loss = zone.options.lateral.change_cost_per_s;
  best_value -= loss * std::abs(best - here);
  // Content where nobody is in the way.
  if (best_value >= rows.wished_mps[row]) return best;
  constexpr double worth_mps = 0.3;
  const int paths = paths_of(zone, lane, type);
  const double current = best_value;
  for (int path = 0; path < paths; ++path) {
    const double at = path_m(zone, lane, type, path);
    const double value = outlook_mps(zone, row, at) - loss * std::abs(at - here);
    if (value > best_value && value > current + worth_mps) {
      best_value = value;
      best = at;
    }
  }
  return best;
}

double aim_of(const ZoneState& zone, std::uint32_t row, bool thinks) {
  const VehicleRows& rows = zone.rows;
  const std::uint32_t lane = rows.lane[row];
  const std::uint32_t type = rows.type[row];
  const std::uint32_t movement = zone.vehicle_of(row).movement;
  double aim = rows.aim_m[row];
  if (zone.types.narrow[type] == 0) {
    aim = path_m(zone, lane, type, 0);
  } else if (thinks) {
    const int side = needed_side(zone, row);
    const Side room = side_room(zone.map.lane[lane].width_m, zone.types.width_m[type],
                                zone.options.lateral.edge_m);
    aim = side > 0 ? room.most_m : side < 0 ? room.least_m : best_path_m(zone, row);
  }
  if (movement != no_row && zone.to_end_m(row) < line_up_m && zone.map.movement[movement].proper) {
    const double width = zone.map.lane[zone.map.movement[movement].target].width_m;
    aim = side_room(width, zone.types.width_m[type], 0).clamp(aim);
  }
  return aim;
}

}  // namespace

int needed_side(const ZoneState& zone, std::uint32_t row) {
  const std::uint32_t lane = zone.rows.lane[row];
  const std::uint32_t movement = zone.vehicle_of(row).movement;
  // Who stops on this link does so at the roadside.
  const std::uint32_t beside = zone.map.lane[lane].beside;
  if (zone.vehicle_of(row).stops() && zone.lets_in(lane - beside, row)) return beside > 0 ? -1 : 0;
  const bool leads_on = movement == no_row || zone.map.movement[movement].proper;
  if (leads_on && zone.sorted_out[lane] == 0) return 0;
  const ZoneLane& here = zone.map.lane[lane];
  std::uint32_t wanted =
      movement == no_row ? (1U << here.lanes) - 1 : zone.map.movement[movement].lanes;
  if (zone.sorted_out[lane] != 0) {
    // Where no lane that leads on is for its kind, it uses one all the same.
    std::uint32_t allowed = 0;
    for (std::uint32_t other = 0; other < here.lanes; ++other) {
      if (zone.lets_in(lane - here.beside + other, row)) allowed |= 1U << other;
    }
    if ((wanted & allowed) != 0) wanted &= allowed;
  }
  if (((wanted >> here.beside) & 1U) != 0) return 0;
  const std::uint32_t inner = wanted >> here.beside >> 1U;
  const std::uint32_t outer = wanted & ((1U << here.beside) - 1);
  if (inner == 0) return outer == 0 ? 0 : -1;
  if (outer == 0) return 1;
  const int to_inner = std::countr_zero(inner) + 1;
  const int to_outer = static_cast<int>(here.beside) - (std::bit_width(outer) - 1);
  return to_inner < to_outer ? 1 : -1;
}

void move_across(ZoneState& zone) {
  const LateralOptions& options = zone.options.lateral;
  VehicleRows& rows = zone.rows;
  const auto period = static_cast<std::uint64_t>(
      std::max(1.0, std::round(options.interval_s / zone.options.step_s)));
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    const std::uint32_t type = rows.type[row];
    if (rows.committed[row] != 0 || zone.rear_m(row) < 0) continue;
    const bool thinks = (zone.vehicle_of(row).number + zone.step) % period == 0;
    rows.aim_m[row] = aim_of(zone, row, thinks);
    const double way = rows.aim_m[row] - rows.lateral_m[row];
    constexpr double there_m = 1e-3;
    if (std::abs(way) < there_m) continue;
    constexpr double lean_per_mps = 0.15;
    const double most =
        std::min(options.moving_mps, options.paddling_mps + lean_per_mps * rows.speed_mps[row]) *
        zone.options.step_s;
    const Body moved{rows.lane[row],
                     rows.slot[row],
                     type,
                     rows.position_m[row],
                     rows.lateral_m[row] + std::clamp(way, -most, most),
                     rows.speed_mps[row]};
    const Surroundings seen = look_around(zone, moved);
    if (seen.free && !seen.in_its_way) rows.lateral_m[row] = moved.lateral_m;
  }
}

}  // namespace kontwin::traffic::micro
