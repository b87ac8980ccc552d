#include "scenarios/traffic/micro/micro_zone.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/traffic/micro/lateral_moves.hpp"
#include "scenarios/traffic/micro/leaders.hpp"
#include "scenarios/traffic/micro/right_of_way.hpp"
#include "scenarios/traffic/micro/surroundings.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::micro {

namespace {

const MicroOptions& checked(const MicroOptions& options) {
  if (!(options.step_s >= 0.1 && options.step_s <= 1)) {
    throw ScenarioError("microscopic zone: its step must be 0.1 to 1 s, not " +
                        std::to_string(options.step_s));
  }
  return options;
}

}  // namespace

MicroZone::MicroZone(std::shared_ptr<const Network> network, std::vector<std::uint32_t> links,
                     std::span<const VehicleType> types, const MicroOptions& options, Micros now)
    : zone_(ZoneMap(std::move(network), std::move(links), options.junction),
            TypeColumns(types, options), checked(options)),
      first_waiting_(zone_.map.inside_lanes(), no_row) {
  zone_.now = now;
}

std::uint32_t MicroZone::inside_lane(std::uint32_t lane) const {
  const bool known = lane < zone_.map.network().lanes();
  const std::uint32_t row = known ? zone_.map.lane_of(lane) : no_row;
  if (row == no_row) {
    throw ScenarioError("microscopic zone: lane row " + std::to_string(lane) + " is not in it");
  }
  return row;
}

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

bool MicroZone::clear_of_waiting(const Body& body) const {
  for (std::uint32_t slot = first_waiting_[body.lane]; slot != no_row;
       slot = zone_.vehicles[slot].next_incoming) {
    const std::uint32_t row = zone_.vehicles[slot].row;
    const double side = std::abs(zone_.rows.lateral_m[row] - body.lateral_m) -
                        0.5 * (zone_.width_m(row) + zone_.types.width_m[body.type]);
    if (side >= zone_.options.lateral.touch_m) continue;
    if (!zone_.can_stop_behind(body.speed_mps, body.type, zone_.rear_m(row) - body.position_m,
                               zone_.braking_of(row))) {
      return false;
    }
  }
  return true;
}

MicroZone::Slot MicroZone::best_slot(std::uint32_t lane, std::uint32_t type,
                                     double speed_mps) const {
  Slot best;
  double most = -1;
  // It must be able to stop at the end of a short lane too.
  if (zone_.stops_in_m(speed_mps, zone_.types.deceleration_mps2[type]) >
      zone_.map.lane[lane].length_m) {
    return best;
  }
  const int paths = paths_of(zone_, lane, type);
  for (int path = 0; path < paths; ++path) {
    const Body body{lane, no_row, type, 0, path_m(zone_, lane, type, path), speed_mps};
    const Surroundings seen = look_around(zone_, body);
    if (!seen.free || seen.gap_ahead_m <= most || !clear_of_waiting(body)) continue;
    most = seen.gap_ahead_m;
    best = {true, body.lateral_m};
  }
  return best;
}

bool MicroZone::may_enter(std::uint32_t lane, std::uint32_t type, double speed_mps) const {
  return best_slot(inside_lane(lane), type, speed_mps).free;
}

void MicroZone::enter(const Entering& entering) {
  const std::uint32_t lane = inside_lane(entering.lane);
  const std::string who = "microscopic zone: vehicle " + std::to_string(entering.vehicle);
  if (entering.type >= zone_.types.size() || !(entering.speed_mps >= 0) ||
      !(entering.speed_factor > 0) || entering.at < now() ||
      entering.at >= now() + zone_.step_micros) {
    throw ScenarioError(who + " comes in with a type, speed or moment that cannot be");
  }
  const Slot slot = best_slot(lane, entering.type, entering.speed_mps);
  if (!slot.free) throw ScenarioError(who + " comes in where there is no room");
  if (slot_of_.contains(entering.vehicle)) {
    throw ScenarioError(who + " comes in while it is inside");
  }
  const std::uint32_t turn = zone_.turn_at_end(entering.vehicle, zone_.map.lane[lane].link);
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
  rows.position_m.back() = -entering.speed_mps * seconds(entering.at - now());
  rows.speed_mps.back() = entering.speed_mps;
  rows.lateral_m.back() = rows.aim_m.back() = slot.lateral_m;
  rows.going.back() = 1;
  zone_.choose_movement(vehicle.row);
  zone_.choose_speed(vehicle.row);
  ++entered_;
}

void MicroZone::take_in() {
  if (waiting_ == 0) return;
  for (std::size_t row = zone_.rows.size() - waiting_; row < zone_.rows.size(); ++row) {
    first_waiting_[zone_.rows.lane[row]] = no_row;
    zone_.vehicle_of(static_cast<std::uint32_t>(row)).next_incoming = no_row;
  }
  waiting_ = 0;
  zone_.sort_rows();
}

void MicroZone::run_step() {
  move_across(zone_);
  lane_changes_.change_lanes(zone_);
  decide_right_of_way(zone_);
  find_leaders(zone_, lane_changes_.courtesies());
  updates_ += zone_.rows.size();
  move_on(zone_, leaving_);
  zone_.now += zone_.step_micros;
  ++zone_.step;
}

void MicroZone::advance(Micros until) {
  leaving_.clear();
  while (zone_.now + zone_.step_micros <= until) {
    take_in();
    run_step();
  }
  left_ += leaving_.size();
  for (const Leaving& gone : leaving_) slot_of_.erase(gone.vehicle);
}

void MicroZone::set_speed_limit(std::uint32_t link, double speed_mps) {
  const bool known = link < zone_.map.network().links();
  const std::uint32_t first = known ? zone_.map.first_lane(link) : no_row;
  if (first == no_row || !(speed_mps > 0)) {
    throw ScenarioError("microscopic zone: speed limit " + std::to_string(speed_mps) +
                        " m/s on link row " + std::to_string(link));
  }
  for (std::uint32_t lane = first; lane < first + zone_.map.lane[first].lanes; ++lane) {
    zone_.limit_mps[lane] = speed_mps;
  }
  for (std::uint32_t row = 0; row < zone_.rows.size(); ++row) {
    if (zone_.map.lane[zone_.rows.lane[row]].link == link) zone_.choose_speed(row);
  }
}

std::uint32_t MicroZone::row_of(std::uint32_t vehicle) const {
  const auto found = slot_of_.find(vehicle);
  if (found == slot_of_.end()) {
    throw ScenarioError("microscopic zone: vehicle " + std::to_string(vehicle) + " is not inside");
  }
  return zone_.vehicles[found->second].row;
}

void MicroZone::hold_to_speed(std::uint32_t vehicle, double speed_mps) {
  const std::uint32_t row = row_of(vehicle);
  zone_.vehicle_of(row).most_mps = speed_mps;
  zone_.choose_speed(row);
}

namespace {

VehiclePlace place(const ZoneState& zone, std::uint32_t row) {
  const VehicleRows& rows = zone.rows;
  return {
      zone.vehicle_of(row).id,    rows.type[row],      zone.map.lane[rows.lane[row]].network_lane,
      rows.position_m[row],       rows.lateral_m[row], rows.speed_mps[row],
      rows.acceleration_mps2[row]};
}

}  // namespace

void MicroZone::places(std::vector<VehiclePlace>& places) const {
  places.clear();
  for (std::uint32_t row = 0; row < zone_.rows.size(); ++row) places.push_back(place(zone_, row));
}

VehiclePlace MicroZone::place_of(std::uint32_t vehicle) const {
  return place(zone_, row_of(vehicle));
}

void MicroZone::crossings(std::vector<Crossing>& crossings) const {
  crossings.clear();
  for (const Tail& tail : zone_.tails) {
    crossings.push_back({tail.vehicle, tail.type, zone_.map.movement[tail.movement].turn,
                         zone_.map.lane[tail.lane].network_lane, tail.rear_m, tail.lateral_m});
  }
}

std::size_t MicroZone::vehicles_on(std::uint32_t lane) const {
  const std::uint32_t inside = inside_lane(lane);
  return zone_.lane_begin[inside + 1] - zone_.lane_begin[inside];
}

}  // namespace kontwin::traffic::micro
