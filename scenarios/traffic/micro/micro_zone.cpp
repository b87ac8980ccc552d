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
  if (!zone_.map.shut.empty()) zone_.redirect_shut();
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
  zone_.passed.clear();
  if (zone_.rows.size() == 0 && zone_.tails.empty() && until > zone_.now) {
    const Micros steps = (until - zone_.now) / zone_.step_micros;
    zone_.now += steps * zone_.step_micros;
    zone_.step += static_cast<std::uint64_t>(steps);
  }
  while (zone_.now + zone_.step_micros <= until) {
    take_in();
    run_step();
  }
  left_ += leaving_.size();
  for (const Leaving& gone : leaving_) slot_of_.erase(gone.vehicle);
}

std::uint32_t MicroZone::inside_link(std::uint32_t link) const {
  const bool known = link < zone_.map.network().links();
  const std::uint32_t first = known ? zone_.map.first_lane(link) : no_row;
  if (first == no_row) {
    throw ScenarioError("microscopic zone: link row " + std::to_string(link) + " is not in it");
  }
  return first;
}

void MicroZone::set_speed_limit(std::uint32_t link, double speed_mps) {
  const std::uint32_t first = inside_link(link);
  if (!(speed_mps > 0)) {
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

void MicroZone::set_metered(std::uint32_t link, bool metered) {
  const std::uint32_t first = inside_link(link);
  for (std::uint32_t lane = first; lane < first + zone_.map.lane[first].lanes; ++lane) {
    zone_.metered[lane] = metered ? 1 : 0;
  }
}

void MicroZone::set_lane_kinds(std::uint32_t link, std::span<const VehicleKinds> kinds) {
  const std::uint32_t first = inside_link(link);
  std::ranges::copy(kinds, zone_.may_use.begin() + first);
  zone_.settle_lanes(link);
}

void MicroZone::borrow_lanes(std::uint32_t link, std::uint32_t lanes) {
  const std::uint32_t first = inside_link(link);
  take_in();
  const std::uint32_t own = zone_.map.network().lanes_of(link);
  bool in_use = false;
  for (std::uint32_t lane = first + own + lanes; lane < first + zone_.map.lane[first].lanes;
       ++lane) {
    in_use |= !zone_.is_empty(lane);
  }
  constexpr std::uint32_t most = 31;
  if (in_use || own + lanes > most) {
    throw ScenarioError("microscopic zone: link " + zone_.map.network().link_id[link] + " has " +
                        (in_use ? "vehicles on lanes that it gives back" : "too many lanes"));
  }
  std::vector<BorrowedLanes> borrowed(zone_.map.borrowed().begin(), zone_.map.borrowed().end());
  std::erase_if(borrowed, [link](const BorrowedLanes& one) { return one.link == link; });
  if (lanes > 0) borrowed.push_back({link, lanes});
  zone_.lay_out(std::move(borrowed));
  first_waiting_.assign(zone_.map.inside_lanes(), no_row);
}

void MicroZone::open_borrowed(std::uint32_t link, bool open) {
  const std::uint32_t first = inside_link(link);
  for (std::uint32_t lane = first + zone_.map.network().lanes_of(link);
       lane < first + zone_.map.lane[first].lanes; ++lane) {
    zone_.may_use[lane] = open ? all_vehicles : VehicleKinds{0};
  }
  zone_.settle_lanes(link);
}

std::uint32_t MicroZone::open_borrowed(std::uint32_t link) const {
  if (zone_.map.borrowed().empty()) return 0;
  const std::uint32_t first = inside_link(link);
  const std::uint32_t lanes = zone_.map.lane[first].lanes;
  const bool open = zone_.may_use[first + lanes - 1] != 0;
  return open ? lanes - zone_.map.network().lanes_of(link) : 0;
}

bool MicroZone::are_empty(std::uint32_t link, std::uint32_t lanes) const {
  const std::uint32_t first = inside_link(link);
  for (std::uint32_t beside = 0; beside < zone_.map.lane[first].lanes; ++beside) {
    if (((lanes >> beside) & 1U) == 0) continue;
    if (!zone_.is_empty(first + beside) || first_waiting_[first + beside] != no_row) return false;
  }
  return true;
}

bool MicroZone::change_turn(std::uint32_t vehicle, std::uint32_t turn) {
  const std::uint32_t row = row_of(vehicle);
  if (zone_.rows.committed[row] != 0) return false;
  Vehicle& changed = zone_.vehicle_of(row);
  const std::uint32_t link = zone_.map.lane[zone_.rows.lane[row]].link;
  zone_.check_turn(vehicle, turn, link);
  changed.turn = turn;
  changed.asked = false;
  changed.verdict = Verdict::none;
  zone_.choose_movement(row);
  return true;
}

bool MicroZone::remove(std::uint32_t vehicle) {
  take_in();
  const std::uint32_t row = row_of(vehicle);
  if (zone_.rows.committed[row] != 0) return false;
  leave(zone_, row);
  zone_.sort_rows();
  slot_of_.erase(vehicle);
  ++left_;
  return true;
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

VehiclePlace MicroZone::place(std::uint32_t row) const {
  const VehicleRows& rows = zone_.rows;
  return {zone_.vehicle_of(row).id,
          rows.type[row],
          zone_.map.lane[rows.lane[row]].network_lane,
          rows.position_m[row],
          rows.lateral_m[row] + zone_.map.lane[rows.lane[row]].shift_m,
          rows.speed_mps[row],
          rows.acceleration_mps2[row]};
}

void MicroZone::places(std::vector<VehiclePlace>& places) const {
  places.clear();
  for (std::uint32_t row = 0; row < zone_.rows.size(); ++row) places.push_back(place(row));
}

VehiclePlace MicroZone::place_of(std::uint32_t vehicle) const { return place(row_of(vehicle)); }

double MicroZone::to_end_s(std::uint32_t vehicle) const {
  constexpr double walking_mps = 1.4;
  const std::uint32_t row = row_of(vehicle);
  return zone_.to_end_m(row) / std::max(walking_mps, zone_.rows.speed_mps[row]);
}

bool MicroZone::somebody_near(std::uint32_t lane, std::uint32_t turn, double within_s) const {
  constexpr double at_line_m = 10;
  const std::uint32_t inside = inside_lane(lane);
  const std::uint32_t end = end_of(inside);
  for (std::uint32_t one = inside; one < end; ++one) {
    for (std::uint32_t row = zone_.lane_begin[one]; row < zone_.lane_begin[one + 1]; ++row) {
      const double way = zone_.to_end_m(row);
      if (way > sight_m) break;
      const bool near = way <= std::max(at_line_m, within_s * zone_.rows.speed_mps[row]);
      if (near && zone_.vehicle_of(row).turn == turn) return true;
    }
  }
  return false;
}

void MicroZone::crossings(std::vector<Crossing>& crossings) const {
  crossings.clear();
  for (const Tail& tail : zone_.tails) {
    crossings.push_back({tail.vehicle, tail.type, zone_.map.movement[tail.movement].turn,
                         zone_.map.lane[tail.lane].network_lane, tail.rear_m,
                         tail.lateral_m + zone_.map.lane[tail.lane].shift_m});
  }
}

std::size_t MicroZone::vehicles_on(std::uint32_t lane) const {
  const std::uint32_t inside = inside_lane(lane);
  return zone_.lane_begin[end_of(inside)] - zone_.lane_begin[inside];
}

std::span<const std::uint32_t> MicroZone::types_on(std::uint32_t lane) const {
  const std::uint32_t inside = inside_lane(lane);
  const std::uint32_t begin = zone_.lane_begin[inside];
  return std::span(zone_.rows.type).subspan(begin, zone_.lane_begin[end_of(inside)] - begin);
}

std::span<const double> MicroZone::speeds_on(std::uint32_t lane) const {
  const std::uint32_t inside = inside_lane(lane);
  const std::uint32_t begin = zone_.lane_begin[inside];
  return std::span(zone_.rows.speed_mps).subspan(begin, zone_.lane_begin[end_of(inside)] - begin);
}

}  // namespace kontwin::traffic::micro
