#include "scenarios/traffic/micro/approaches.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "scenarios/traffic/micro/blocked_width.hpp"
#include "scenarios/traffic/micro/car_following.hpp"
#include "scenarios/traffic/micro/right_of_way.hpp"
#include "scenarios/traffic/micro/standing.hpp"
#include "scenarios/traffic/micro/surroundings.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic::micro {

namespace {

constexpr std::uint64_t no_group = std::numeric_limits<std::uint64_t>::max();

/// Whether it has all but come to the line. Those who come up in a queue one by one would else hold
/// up all who give way to them, though they give way themselves.
bool moves_up(const ZoneState& zone, std::uint32_t row) {
  constexpr double slow_mps = 4, near_m = 12;
  return zone.rows.speed_mps[row] < slow_mps && zone.to_end_m(row) < near_m;
}

/// Whether somebody has waited for so long that those let it go who need not.
bool has_waited(const ZoneState& zone, const Approach& approach) {
  if (approach.held_since >= zone.step) return false;
  const auto steps = static_cast<double>(zone.step - approach.held_since);
  return steps * zone.options.step_s > zone.options.junction.courtesy_s;
}

/// When those set off, as steps, who keep a movement from being made for as long as somebody needs
/// who sets off now; no_group where nobody does. Those who set off in this step are seen in the
/// next one, by all alike.
std::uint64_t group_across(const ZoneState& zone, std::uint32_t movement) {
  const double together_s = std::max(0.5, zone.options.step_s);
  std::uint64_t from = no_group;
  for (const Foe& foe : zone.map.foes(movement)) {
    if (!foe.crosses || zone.under_way[foe.movement] == 0) continue;
    const std::uint64_t since = zone.group_from[foe.movement];
    const double ago_s = static_cast<double>(zone.step - since) * zone.options.step_s;
    if (ago_s > 0 && ago_s <= together_s) from = std::min(from, since);
  }
  return from;
}

/// Whether a vehicle that waits for its turn at another link's line, and could go, came before.
/// Which of two goes that are in nobody's way must not depend on where their links stand in a list.
bool another_came_before(ZoneState& zone, std::uint32_t row) {
  const Network& network = zone.map.network();
  const Vehicle& mine = zone.vehicle_of(row);
  const std::uint32_t link = zone.map.lane[zone.rows.lane[row]].link;
  const auto could_go = [&](std::uint32_t lane) {
    std::uint32_t other = zone.lane_begin[lane];
    while (other < zone.lane_begin[lane + 1] && zone.rows.committed[other] != 0) ++other;
    if (other == zone.lane_begin[lane + 1] || !stands_at_line(zone, other)) return false;
    Vehicle& theirs = zone.vehicle_of(other);
    if (!theirs.asked || theirs.verdict != Verdict::yields ||
        std::pair(theirs.asked_at, theirs.number) > std::pair(mine.asked_at, mine.number)) {
      return false;
    }
    const auto before = std::pair(theirs.group_from, theirs.goes_along);
    const bool yields = must_yield(zone, other, zone.map.movement[theirs.movement]);
    std::tie(theirs.group_from, theirs.goes_along) = before;
    return !yields && !is_crossed(zone, theirs.movement);
  };
  for (const std::uint32_t other : network.in_links(network.to[link])) {
    const std::uint32_t first = zone.map.first_lane(other);
    if (other == link || first == no_row) continue;
    for (std::uint32_t lane = first; lane < first + zone.map.lane[first].lanes; ++lane) {
      if (could_go(lane)) return true;
    }
  }
  return false;
}

Micros turn_taking(const ZoneState& zone, std::uint32_t link) {
  const auto& by_others = zone.options.junction.turn_taking_s;
  return to_micros(by_others[std::min(others_waiting(zone, link), by_others.size() - 1)]);
}

}  // namespace

Aspect aspect_of(const ZoneState& zone, std::uint32_t turn) {
  return zone.ask.aspect ? zone.ask.aspect(turn, zone.now)
                         : planned_aspect(zone.map.network(), turn, zone.now);
}

void look_back(ZoneState& zone, std::uint32_t lane) {
  const ZoneLane& from = zone.map.lane[lane];
  const std::uint32_t turns =
      zone.map.network().turn_begin[from.link + 1] - zone.map.network().turn_begin[from.link];
  for (std::uint32_t i = 0; i < turns; ++i) zone.approach[from.first_movement + i] = {};
  BlockedWidth blocked(zone.options.lateral.touch_m);
  for (std::uint32_t row = zone.lane_begin[lane]; row < zone.lane_begin[lane + 1]; ++row) {
    const double way = zone.to_end_m(row);
    if (way > zone.options.junction.look_back_m) break;
    const Vehicle& vehicle = zone.vehicle_of(row);
    const double lateral = zone.rows.lateral_m[row];
    const double width = zone.width_m(row);
    const bool committed = zone.rows.committed[row] != 0;
    const bool refused =
        !committed && ((stands_at_line(zone, row) && vehicle.verdict != Verdict::crossed &&
                        vehicle.verdict != Verdict::go && vehicle.verdict != Verdict::none) ||
                       (vehicle.verdict == Verdict::yields && moves_up(zone, row) &&
                        zone.map.movement[vehicle.movement].first_come));
    const bool cannot_pass = !committed && blocked.holds(lateral, width);
    if (refused || cannot_pass || vehicle.stops()) blocked.add(lateral, width);
    if (cannot_pass || vehicle.stops() || vehicle.movement == no_row) continue;
    const Movement& movement = zone.map.movement[vehicle.movement];
    if (!committed && aspect_of(zone, movement.turn) == Aspect::red) continue;
    // Nobody waits for long for somebody who does not come.
    if (!committed && !refused && stood_s(zone, vehicle) > zone.options.junction.patience_s)
      continue;
    if (movement.must_stop && !vehicle.stopped) continue;
    // Nor for somebody who stands farther back, where all wait for each other.
    const bool stands_back =
        zone.rows.speed_mps[row] < standing_mps && !stands_at_line(zone, row) && !committed;
    if (movement.first_come && stands_back && !refused) continue;
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

bool must_yield(ZoneState& zone, std::uint32_t row, const Movement& movement) {
  Vehicle& vehicle = zone.vehicle_of(row);
  const std::uint32_t type = zone.rows.type[row];
  const JunctionOptions& options = zone.options.junction;
  const double through_s =
      earliest_arrival_s(zone.to_end_m(row) + zone.types.length_m[type] + options.clearance_m,
                         zone.rows.speed_mps[row], zone.types.acceleration_mps2[type],
                         std::min(zone.rows.wished_mps[row], movement.speed_mps));
  vehicle.group_from = zone.step;
  vehicle.goes_along = false;
  for (const Foe& foe : zone.map.foes(vehicle.movement)) {
    const Approach& approach = zone.approach[foe.movement];
    const bool came_before = std::pair(approach.held_since, approach.held_number) <
                             std::pair(vehicle.asked_at, vehicle.number);
    if (!foe.goes_first) {
      if (movement.first_come && foe.crosses && came_before && has_waited(zone, approach)) {
        return true;
      }
      continue;
    }
    if (approach.arrival_s < through_s + options.give_way_margin_s) return true;
    if (!movement.first_come || !came_before) continue;
    const std::uint64_t group_from = group_across(zone, foe.movement);
    if (group_from == no_group) return true;
    vehicle.group_from = std::min(vehicle.group_from, group_from);
    vehicle.goes_along = true;
  }
  return false;
}

std::size_t others_waiting(const ZoneState& zone, std::uint32_t link) {
  const Network& network = zone.map.network();
  const auto somebody_waits = [&zone](std::uint32_t first) {
    for (std::uint32_t lane = first; lane < first + zone.map.lane[first].lanes; ++lane) {
      std::uint32_t row = zone.lane_begin[lane];
      while (row < zone.lane_begin[lane + 1] && zone.rows.committed[row] != 0) ++row;
      if (row < zone.lane_begin[lane + 1] && moves_up(zone, row)) return true;
    }
    return false;
  };
  std::size_t waiting = 0;
  for (const std::uint32_t other : network.in_links(network.to[link])) {
    const std::uint32_t first = zone.map.first_lane(other);
    if (other != link && first != no_row && somebody_waits(first)) ++waiting;
  }
  return waiting;
}

bool finds_out(ZoneState& zone, std::uint32_t row) {
  if (zone.vehicle_of(row).goes_along || !stands_at_line(zone, row)) return false;
  const ZoneLane& lane = zone.map.lane[zone.rows.lane[row]];
  if (turn_taking(zone, lane.link) == 0) return false;
  return zone.now < zone.next_turn[lane.junction] || another_came_before(zone, row);
}

void take_turn(ZoneState& zone, std::uint32_t row) {
  const std::uint32_t from = zone.rows.lane[row];
  const ZoneLane& lane = zone.map.lane[from];
  // Riders set off side by side, as many as the lane has paths.
  const Micros takes = turn_taking(zone, lane.link) / paths_of(zone, from, zone.rows.type[row]);
  if (takes == 0) return;
  // Two who go together take the time of two. What is counted is a mean: who was late is made up
  // for by the next; those who stream past do not pile up.
  Micros& next = zone.next_turn[lane.junction];
  next = std::clamp(next, zone.now - takes, zone.now + takes);
  // Some take longer than others: where all took the same, full arms would fall into step, and one
  // of them would get more than the others for good.
  RandomStream draw(zone.options.seed, zone.vehicle_of(row).number, zone.step);
  next += to_micros(seconds(takes) * draw.uniform(0.5, 1.5));
}

bool is_crossed(const ZoneState& zone, std::uint32_t movement) {
  for (const Foe& foe : zone.map.foes(movement)) {
    if (foe.crosses && zone.under_way[foe.movement] > 0) return true;
  }
  return false;
}

}  // namespace kontwin::traffic::micro
