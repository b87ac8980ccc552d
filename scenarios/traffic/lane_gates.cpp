// The starts of lanes: which one to drive into, when it is open, and whose turn it is.
#include <algorithm>
#include <bit>

#include "scenarios/traffic/lane_part.hpp"

namespace kontwin::traffic {

std::uint32_t LanePart::choose_lane(std::uint32_t link, std::uint32_t onward,
                                    const Vehicle& vehicle, Micros now) {
  const std::uint32_t first = network_.lane_begin[link];
  const std::uint32_t count = network_.lane_begin[link + 1] - first;
  if (count == 1) return first;
  const std::uint32_t leading =
      onward < network_.turns() ? all_.turn_lanes_[onward] : (1U << count) - 1;
  const auto best_of = [&](auto&& may_use) {
    std::uint32_t best = no_row;
    bool best_open = false;
    CarHundredths least = 0;
    for (std::uint32_t lanes = leading; lanes != 0; lanes &= lanes - 1) {
      const std::uint32_t lane = first + static_cast<std::uint32_t>(std::countr_zero(lanes));
      if (!may_use(lane)) continue;
      const Gate& gate = all_.gates_[lane];
      const bool open = entry_at(lane, now, vehicle.room) <= now &&
                        (gate.first_waiting == no_row || lane == granted_);
      // Those who wait share out over full lanes: each gets its room back by itself.
      const CarHundredths load = gate.taken + 100 * gate.waiting;
      if (best != no_row && (open == best_open ? load >= least : best_open)) continue;
      best = lane;
      best_open = open;
      least = load;
    }
    return best;
  };
  const std::uint32_t lane = best_of(
      [&](std::uint32_t one) { return contains(links_->lane_may_enter[one], vehicle.kind); });
  return lane != no_row ? lane : best_of([](std::uint32_t) { return true; });
}

void LanePart::take_in_holes(std::uint32_t lane, Micros now) {
  Gate& gate = all_.gates_[lane];
  std::vector<LaneQueues::Hole>& holes = part_.holes;
  while (gate.first_hole != no_row && holes[gate.first_hole].at <= now) {
    const std::uint32_t hole = gate.first_hole;
    gate.taken -= holes[hole].size;
    gate.first_hole = holes[hole].next;
    if (gate.first_hole == no_row) gate.last_hole = no_row;
    holes[hole].next = part_.free_hole;
    part_.free_hole = hole;
  }
}

bool LanePart::fits(const Gate& gate, CarHundredths taken, std::uint32_t hole,
                    CarHundredths room) const {
  // An empty lane takes a vehicle that is longer than it.
  if (taken <= 0 || taken + room <= gate.storage) return true;
  return hole != no_row && taken < gate.storage &&
         taken + room - part_.holes[hole].size <= gate.storage;
}

Micros LanePart::entry_at(std::uint32_t lane, Micros now, CarHundredths room) {
  take_in_holes(lane, now);
  const Gate& gate = all_.gates_[lane];
  if (gate.storage == 0) return zone_entry_at(lane);
  if (fits(gate, gate.taken, gate.first_hole, room)) return gate.next_entry;
  if (gate.first_hole == no_row) return never;
  return std::max(gate.next_entry, part_.holes[gate.first_hole].at);
}

void LanePart::schedule_entry(std::uint32_t lane, Micros now) {
  const Micros at = entry_at(lane, now, room_of_first_waiting(lane));
  if (at != never) part_.wheel.schedule(all_.entries_, all_.entry_event(lane), at);
}

CarHundredths LanePart::room_of_first_waiting(std::uint32_t lane) const {
  return all_.lines_[all_.gates_[lane].first_waiting].room_wanted;
}

void LanePart::wait_for(std::uint32_t line, std::uint32_t lane, CarHundredths room, Micros now) {
  Gate& gate = all_.gates_[lane];
  StopLine& at = all_.lines_[line];
  at.waits_for = lane;
  at.room_wanted = room;
  at.next_waiting = no_row;
  ++gate.waiting;
  part_.wheel.cancel(all_.entries_, line);
  if (gate.first_waiting == no_row) {
    gate.first_waiting = gate.last_waiting = line;
  } else if (granted_ == lane) {
    // It was its turn, but a zone had no room for it: its turn comes again.
    at.next_waiting = gate.first_waiting;
    gate.first_waiting = line;
  } else {
    all_.lines_[gate.last_waiting].next_waiting = line;
    gate.last_waiting = line;
  }
  if (gate.first_waiting == line) schedule_entry(lane, now);
}

void LanePart::serve_entry(std::uint32_t lane, Micros now) {
  Gate& gate = all_.gates_[lane];
  while (gate.first_waiting != no_row) {
    const Micros at = entry_at(lane, now, room_of_first_waiting(lane));
    if (at > now) {
      if (at != never) part_.wheel.schedule(all_.entries_, all_.entry_event(lane), at);
      return;
    }
    const std::uint32_t line = gate.first_waiting;
    gate.first_waiting = all_.lines_[line].next_waiting;
    if (gate.first_waiting == no_row) gate.last_waiting = no_row;
    --gate.waiting;
    all_.lines_[line].waits_for = no_row;
    granted_ = lane;
    serve_exit(line, now);
    granted_ = no_row;
  }
}

void LanePart::add_hole(std::uint32_t lane, CarHundredths size, Micros at) {
  Gate& gate = all_.gates_[lane];
  std::uint32_t hole = part_.free_hole;
  if (hole != no_row) {
    part_.free_hole = part_.holes[hole].next;
  } else {
    hole = static_cast<std::uint32_t>(part_.holes.size());
    part_.holes.emplace_back();
  }
  part_.holes[hole] = {at, size, no_row};
  const bool first = gate.first_hole == no_row;
  (first ? gate.first_hole : part_.holes[gate.last_hole].next) = hole;
  gate.last_hole = hole;
  // Someone may have found the lane full with no hole in sight.
  if (first && gate.first_waiting != no_row && all_.entries_[all_.entry_event(lane)].at == never) {
    part_.wheel.schedule(all_.entries_, all_.entry_event(lane), std::max(at, gate.next_entry));
  }
}

}  // namespace kontwin::traffic
