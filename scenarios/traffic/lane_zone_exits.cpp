// The way out of microscopic zones: what their vehicles may do at the end of a lane.
#include <algorithm>

#include "scenarios/traffic/lane_part.hpp"

namespace kontwin::traffic {

bool LanePart::may_drive_on(ZoneBorder& border, std::uint32_t slot, std::uint32_t turn,
                            std::uint32_t line, Micros now) {
  const Vehicle& vehicle = all_.vehicles_[slot];
  const std::uint32_t from = network_.lane_link[line];
  const std::uint32_t to = network_.turn_to[turn];
  // One car ahead of its time is not too many, or as many narrow vehicles as come side by side:
  // they ask a while before they are there.
  // Borrowed lanes count as the innermost one.
  const bool innermost = line + 1 == network_.lane_begin[from + 1];
  const Micros lanes = innermost ? 1 + border.zone.open_borrowed(from) : 1;
  const Micros of_a_car = links_->exit_headway[from] / lanes;
  const Micros headway = of_a_car * vehicle.flow / 100;
  StopLine& at = all_.lines_[line];
  if (now + std::max(headway, of_a_car) < at.next_exit) return false;
  if (!all_.in_zone(network_.lane_begin[to]) && !may_drive_out(border, slot, to, line, now)) {
    return false;
  }
  at.next_exit = std::max(at.next_exit, now) + headway;
  return true;
}

bool LanePart::may_drive_out(ZoneBorder& border, std::uint32_t slot, std::uint32_t link,
                             std::uint32_t line, Micros now) {
  const Vehicle& vehicle = all_.vehicles_[slot];
  auto claim = std::ranges::find(border.claims, line, &ZoneBorder::Claim::line);
  if (claim != border.claims.end() && claim->granted == never &&
      all_.lines_[line].waits_for == no_row) {
    // Those who waited were told to choose again.
    border.claims.erase(claim);
    claim = border.claims.end();
  }
  const bool claims = claim != border.claims.end();
  if (claims && network_.lane_link[claim->lane] == link) {
    if (claim->granted == never) return false;
    all_.gates_[claim->lane].taken += vehicle.room - claim->room;
    border.promises.push_back({slot, claim->lane});
    border.claims.erase(claim);
    return true;
  }
  const std::uint32_t lane = choose_lane(link, guides_->onward(vehicle, link), vehicle, now);
  Gate& gate = all_.gates_[lane];
  const Micros headway = links_->entry_headway[link] * vehicle.flow / 100;
  if (gate.first_waiting == no_row &&
      has_room(lane, vehicle.room, now, border.zone.to_end_s(slot)) &&
      now + std::max(headway, links_->entry_headway[link]) >= gate.next_entry) {
    gate.taken += vehicle.room;
    gate.next_entry = std::max(gate.next_entry, now) + headway;
    border.promises.push_back({slot, lane});
    return true;
  }
  // One of a lane waits at a time, as everywhere.
  if (claims) return false;
  border.claims.push_back({line, lane, vehicle.room, never});
  wait_for(line, lane, vehicle.room, now);
  return false;
}

bool LanePart::has_room(std::uint32_t lane, CarHundredths room, Micros now, double in_s) {
  take_in_holes(lane, now);
  const Gate& gate = all_.gates_[lane];
  CarHundredths taken = gate.taken;
  const Micros then = now + to_micros(in_s);
  std::uint32_t hole = gate.first_hole;
  while (!fits(gate, taken, hole, room)) {
    if (hole == no_row || part_.holes[hole].at > then) return false;
    taken -= part_.holes[hole].size;
    hole = part_.holes[hole].next;
  }
  return true;
}

void LanePart::grant(std::uint32_t line, Micros now) {
  if (!all_.in_zone(line)) return;
  ZoneBorder& border = all_.zones_[all_.zone_of_lane_[line]];
  const auto claim = std::ranges::find(border.claims, line, &ZoneBorder::Claim::line);
  if (claim == border.claims.end()) return;
  Gate& gate = all_.gates_[claim->lane];
  gate.taken += claim->room;
  gate.next_entry = std::max(gate.next_entry, now) +
                    links_->entry_headway[network_.lane_link[claim->lane]] * claim->room / 100;
  claim->granted = now;
}

Aspect LanePart::aspect_in_zone(std::uint32_t turn, Micros now) const {
  const LaneQueues::TurnRule& rule = all_.turn_rules_[turn];
  bool permissive = true;
  if (rule.signalled != 0 && all_.signals_.green_at(turn, now, permissive) > now) {
    return Aspect::red;
  }
  return permissive && rule.gives_way != 0 ? Aspect::permissive : Aspect::exclusive;
}

}  // namespace kontwin::traffic
