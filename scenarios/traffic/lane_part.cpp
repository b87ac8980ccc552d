#include "scenarios/traffic/lane_part.hpp"

#include <algorithm>

namespace kontwin::traffic {

LanePart::LanePart(LaneQueues& all, std::uint32_t part, const Guides* guides,
                   const LinkState* links)
    : all_(all),
      part_(all.parts_[part]),
      number_(part),
      guides_(guides),
      links_(links),
      network_(*all.network_) {}

void LanePart::run(Micros until) {
  part_.zones.empty() ? run_events(until) : run_with_zones(until);
}

void LanePart::run_events(Micros until) {
  for (Micros end = 0; end < until;) {
    end = fetch_ahead(until);
    EventWheel::Due due{};
    while (part_.wheel.pop(all_.entries_, end, due)) {
      ++part_.events;
      if (due.id < all_.line_count_) {
        serve_exit(due.id, due.at);
      } else if (due.id < all_.line_count_ + all_.lane_count_) {
        serve_entry(due.id - all_.line_count_, due.at);
      } else {
        serve_signal(due.id - all_.line_count_ - all_.lane_count_, due.at);
      }
    }
  }
}

void LanePart::take_over(Micros now) {
  for (LaneQueues::Part& other : all_.parts_) {
    auto& entered = other.entered[all_.reading_][number_];
    for (const auto& [slot, lane] : entered) insert(lane, slot);
    entered.clear();
    auto& freed = other.freed[all_.reading_][number_];
    for (const auto& hole : freed) add_hole(hole.lane, hole.size, std::max(hole.at, now));
    freed.clear();
  }
}

// -- queues --------------------------------------------------------------------------------------

void LanePart::insert(std::uint32_t line, std::uint32_t slot) {
  StopLine& at = all_.lines_[line];
  std::vector<Vehicle>& vehicles = all_.vehicles_;
  Vehicle& vehicle = vehicles[slot];
  Queue& queue = vehicle.narrow != 0 ? at.narrow : at.wide;
  std::uint32_t ahead = queue.tail;
  if (ahead != no_row && vehicle.narrow == 0 && line < all_.lane_count_ &&
      all_.one_lane_[line] != 0) {
    std::uint32_t before = ahead;  // one that stands in a bay holds up nobody
    while (before != no_row && (vehicles[before].halts & halts_in_bay) != 0) {
      before = vehicles[before].previous;
    }
    if (before != no_row) vehicle.ready = std::max(vehicle.ready, vehicles[before].ready);
  }
  while (ahead != no_row && vehicles[ahead].ready > vehicle.ready) ahead = vehicles[ahead].previous;
  const std::uint32_t behind = ahead == no_row ? queue.head : vehicles[ahead].next;
  vehicle.previous = ahead;
  vehicle.next = behind;
  (ahead == no_row ? queue.head : vehicles[ahead].next) = slot;
  (behind == no_row ? queue.tail : vehicles[behind].previous) = slot;
  ++at.count;
  if (ahead == no_row) schedule_exit(line);
}

void LanePart::unlink(std::uint32_t line, std::uint32_t slot) {
  StopLine& at = all_.lines_[line];
  std::vector<Vehicle>& vehicles = all_.vehicles_;
  const Vehicle& vehicle = vehicles[slot];
  Queue& queue = vehicle.narrow != 0 ? at.narrow : at.wide;
  (vehicle.previous == no_row ? queue.head : vehicles[vehicle.previous].next) = vehicle.next;
  (vehicle.next == no_row ? queue.tail : vehicles[vehicle.next].previous) = vehicle.previous;
  --at.count;
}

void LanePart::schedule_exit(std::uint32_t line) {
  const StopLine& at = all_.lines_[line];
  if (at.waits_for != no_row) return;
  if (at.empty()) {
    part_.wheel.cancel(all_.entries_, line);
    return;
  }
  Micros ready = never;
  if (at.wide.head != no_row) ready = all_.vehicles_[at.wide.head].ready;
  if (at.narrow.head != no_row) ready = std::min(ready, all_.vehicles_[at.narrow.head].ready);
  part_.wheel.schedule(all_.entries_, line, std::max(ready, at.next_exit));
}

// -- leaving a line ------------------------------------------------------------------------------

void LanePart::serve_exit(std::uint32_t line, Micros now) {
  StopLine& at = all_.lines_[line];
  if (at.empty()) {
    if (granted_ != no_row && !all_.zones_.empty()) grant(line, now);
    return;
  }
  if (at.held_since != never && now - at.held_since >= all_.filter_after_) at.stood_until = now;
  const std::uint32_t wide = at.wide.head;
  const std::uint32_t narrow = at.narrow.head;
  const std::vector<Vehicle>& vehicles = all_.vehicles_;
  const bool narrow_goes =
      wide == no_row ||
      (narrow != no_row && at.narrow_first(vehicles[narrow].ready, vehicles[wide].ready));
  const std::uint32_t first = narrow_goes ? narrow : wide;
  const std::uint32_t second = narrow_goes ? wide : narrow;
  at.yields = false;
  std::uint32_t gate = no_row;
  Micros next = try_leave(line, first, now, gate);
  if (next == now) return;
  // Who stands beside the first may go somewhere else.
  if (second != no_row && vehicles[second].ready <= now) {
    std::uint32_t unused = no_row;
    const Micros other = try_leave(line, second, now, unused);
    if (other == now) return;
    next = std::min(next, other);
  }
  if (at.held_since == never) at.held_since = now;
  if (gate != no_row) {
    wait_for(line, gate, vehicles[first].room, now);
  } else if (next != never) {
    part_.wheel.schedule(all_.entries_, line, next);
  }
}

Micros LanePart::try_leave(std::uint32_t line, std::uint32_t slot, Micros now,
                           std::uint32_t& gate) {
  const Vehicle& vehicle = all_.vehicles_[slot];
  const bool from_roadside = line >= all_.lane_count_;
  const std::uint32_t here = from_roadside ? line - all_.lane_count_ : network_.lane_link[line];
  std::uint32_t link = here;
  const LaneQueues::TurnRule* rule = nullptr;
  if (!from_roadside) {
    if (vehicle.turn == arrives) {
      leave(line, slot, now);
      part_.arrived.push_back({now, slot, here, false});
      return now;
    }
    if (vehicle.turn != no_way) {
      rule = &all_.turn_rules_[vehicle.turn];
      link = rule->to;
    }
  }
  if ((!from_roadside && rule == nullptr) || !contains(links_->may_enter[link], vehicle.kind)) {
    leave(line, slot, now);
    part_.aside.push_back({now, slot, here, from_roadside});
    return now;
  }
  if (rule != nullptr && (rule->signalled | rule->gives_way) != 0) {
    const Micros at = green_and_clear(line, vehicle.turn, vehicle, now);
    if (at > now) return at;
  }
  const std::uint32_t onward = guides_->onward(vehicle, link);
  const std::uint32_t lane = choose_lane(link, onward, vehicle, now);
  const bool others_wait = all_.gates_[lane].first_waiting != no_row && lane != granted_;
  if (others_wait || entry_at(lane, now, vehicle.room) > now ||
      (all_.gates_[lane].storage == 0 && !zone_admits(line, slot, lane, now))) {
    gate = lane;
    return never;
  }
  drive_in(line, slot, link, lane, onward, now);
  return now;
}

void LanePart::leave(std::uint32_t line, std::uint32_t slot, Micros now, int headway_percent) {
  unlink(line, slot);
  StopLine& at = all_.lines_[line];
  at.held_since = never;
  if (line < all_.lane_count_) {
    const Vehicle& vehicle = all_.vehicles_[slot];
    const std::uint32_t link = network_.lane_link[line];
    at.next_exit = now + links_->exit_headway[link] * vehicle.flow * headway_percent / 10000;
    const Micros freed = now + network_.lane_hole_delay[line];
    const std::uint32_t behind = all_.part_of_gate_[line];
    if (behind == number_) {
      add_hole(line, vehicle.room, freed);
    } else {
      part_.freed[1 - all_.reading_][behind].push_back({freed, line, vehicle.room});
    }
    LaneQueues::Count& count = all_.counts_[line];
    ++count.exits;
    count.cars += static_cast<std::uint32_t>(vehicle.flow);
    count.time_sum += now - vehicle.entered;
    count.delay_sum += now - vehicle.ready;
    if (!all_.kind_exits_.empty()) {
      ++all_.kind_exits_[vehicle_kinds * line + static_cast<std::size_t>(vehicle.kind)];
    }
    if (vehicle.turn < all_.turn_waits_.size()) {
      LaneQueues::TurnWait& wait = all_.turn_waits_[vehicle.turn];
      ++wait.exits;
      wait.delay_sum += now - vehicle.ready;
    }
  }
  schedule_exit(line);
}

// -- driving into a lane -------------------------------------------------------------------------

void LanePart::drive_in(std::uint32_t line, std::uint32_t slot, std::uint32_t link,
                        std::uint32_t lane, std::uint32_t onward, Micros now) {
  Vehicle& vehicle = all_.vehicles_[slot];
  StopLine& at = all_.lines_[line];
  if (line < all_.lane_count_) {
    const LaneQueues::TurnRule& rule = all_.turn_rules_[vehicle.turn];
    if (rule.goes_first != 0) all_.last_pass_[vehicle.turn] = now;
    // Those who follow through the same gap keep more than the headway of a queue.
    const Micros all_way = rule.first_come != 0 ? all_way_headway(line, now) : 0;
    const bool gave_way = rule.gives_way != 0 && at.held_since != never && rule.signalled == 0;
    leave(line, slot, now, rule.headway_percent);
    const Micros behind = std::max(all_way, gave_way ? all_.headways_[vehicle.turn].follow_up : 0);
    if (behind > 0) {
      at.next_exit = std::max(at.next_exit, now + behind * vehicle.flow / 100);
      schedule_exit(line);
    }
  } else {
    leave(line, slot, now);
  }
  Gate& gate = all_.gates_[lane];
  gate.taken += vehicle.room;
  gate.next_entry = now + links_->entry_headway[link] * vehicle.flow / 100;
  put_on(lane, link, slot, onward, now);
}

void LanePart::put_on(std::uint32_t lane, std::uint32_t link, std::uint32_t slot,
                      std::uint32_t onward, Micros at) {
  Vehicle& vehicle = all_.vehicles_[slot];
  const double limit_mps = links_->speed_mps[link] * static_cast<double>(vehicle.speed_factor);
  const double speed_mps = std::min(limit_mps, static_cast<double>(vehicle.top_speed_mps));
  const double drive_s = network_.length_m[link] / speed_mps;
  vehicle.entered = at;
  // Never below 0, so this rounds rightly, and without a call in the hottest of places.
  // NOLINTNEXTLINE(bugprone-incorrect-roundings)
  const auto drive = static_cast<Micros>(drive_s * micros_per_second + 0.5);
  vehicle.ready = at + std::max<Micros>(1, drive);
  vehicle.driven_m += static_cast<float>(network_.length_m[link]);
  vehicle.free_s += static_cast<float>(drive_s);
  vehicle.turn = onward;
  if (vehicle.tree == own_route) ++vehicle.position;
  if (all_.gates_[lane].storage == 0) {
    enter_zone(lane, slot, at);
    return;
  }
  if (vehicle.halts != 0) halt(slot, link);
  const std::uint32_t beyond = all_.part_of_line_[lane];
  if (beyond == number_) {
    insert(lane, slot);
  } else {
    part_.entered[1 - all_.reading_][beyond].push_back({slot, lane});
  }
}

}  // namespace kontwin::traffic
