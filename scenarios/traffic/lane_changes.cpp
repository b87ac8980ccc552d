// Changes of links and signals between two runs.
#include <algorithm>

#include "scenarios/traffic/lane_part.hpp"
#include "scenarios/traffic/lane_queues.hpp"
#include "scenarios/traffic/network/lane_kinds.hpp"

namespace kontwin::traffic {

void LaneQueues::depart(std::uint32_t slot, std::uint32_t link, Micros at) {
  vehicles_[slot].ready = at;
  vehicles_[slot].entered = at;
  LanePart(*this, part_of_line_[lane_count_ + link]).insert(lane_count_ + link, slot);
}

void LaneQueues::choose_lanes_of_turns(std::uint32_t link, const LinkState& links) {
  const auto kinds = of_lanes(*network_, links.lane_may_enter, link);
  for (std::uint32_t turn = network_->turn_begin[link]; turn < network_->turn_begin[link + 1];
       ++turn) {
    turn_lanes_[turn] = lanes_for_all(network_->turn_lanes[turn], kinds, links.may_enter[link]);
    used_lanes_[turn] |= turn_lanes_[turn];
  }
}

void LaneQueues::renew(std::uint32_t link, const LinkState& links, Micros now) {
  choose_lanes_of_turns(link, links);
  for (std::uint32_t lane = network_->lane_begin[link]; lane < network_->lane_begin[link + 1];
       ++lane) {
    lines_[lane].next_exit = std::min(lines_[lane].next_exit, now);
    LanePart(*this, part_of_line_[lane]).schedule_exit(lane);
    gates_[lane].next_entry = std::min(gates_[lane].next_entry, now);
    if (gates_[lane].first_waiting == no_row) continue;
    LanePart(*this, part_of_gate_[lane]).schedule_entry(lane, now);
  }
}

void LaneQueues::set_room(std::uint32_t link, double share) {
  // Individuals take the room they take.
  if (in_zone(network_->lane_begin[link])) return;
  for (std::uint32_t lane = network_->lane_begin[link]; lane < network_->lane_begin[link + 1];
       ++lane) {
    const double room = share * network_->lane_storage[lane];
    gates_[lane].storage = static_cast<CarHundredths>(std::clamp(room, 100.0, 2e9));
  }
}

void LaneQueues::choose_again(std::uint32_t link, Micros now) {
  for (std::uint32_t lane = network_->lane_begin[link]; lane < network_->lane_begin[link + 1];
       ++lane) {
    EventWheel& wheel = parts_[part_of_gate_[lane]].wheel;
    wheel.cancel(entries_, entry_event(lane));
    std::uint32_t line = gates_[lane].first_waiting;
    gates_[lane].first_waiting = gates_[lane].last_waiting = no_row;
    gates_[lane].waiting = 0;
    while (line != no_row) {
      const std::uint32_t next = lines_[line].next_waiting;
      lines_[line].waits_for = no_row;
      wheel.schedule(entries_, line, now);
      line = next;
    }
  }
}

void LaneQueues::turn_back(std::uint32_t link, const LinkState& links, Micros now) {
  if (in_zone(network_->lane_begin[link])) {
    turn_back_in_zone(link, links, now);
    return;
  }
  for (std::uint32_t lane = network_->lane_begin[link]; lane < network_->lane_begin[link + 1];
       ++lane) {
    std::vector<std::uint32_t> slots;
    for_each_in(lines_[lane], [&slots](std::uint32_t slot) { slots.push_back(slot); });
    for (const std::uint32_t slot : slots) {
      const Vehicle& vehicle = vehicles_[slot];
      const Micros driven = now - vehicle.entered;
      const Micros whole = vehicle.ready - vehicle.entered;
      if (!contains(links.blocked[link], vehicle.kind) || 2 * driven >= whole) continue;
      LanePart(*this, part_of_line_[lane]).unlink(lane, slot);
      // Its room is free at once: it drives back over the start of the link.
      gates_[lane].taken -= vehicle.room;
      aside_.push_back({now + driven, slot, link, true});
    }
    LanePart(*this, part_of_line_[lane]).schedule_exit(lane);
  }
  renew(link, links, now);
}

bool LaneQueues::change_turn(std::uint32_t lane, std::uint32_t slot, std::uint32_t turn,
                             Micros now) {
  if (in_zone(lane)) {
    ZoneBorder& border = zones_[zone_of_lane_[lane]];
    const bool in_bay = std::ranges::count(border.bays, slot, &ZoneBorder::InBay::slot) > 0;
    if (!in_bay && !border.zone.change_turn(slot, turn)) return false;
  }
  vehicles_[slot].turn = turn;
  const StopLine& line = lines_[lane];
  if (slot != line.wide.head && slot != line.narrow.head) return true;
  if (line.waits_for != no_row) {
    choose_again(network_->lane_link[line.waits_for], now);
  } else {
    LanePart(*this, part_of_line_[lane]).schedule_exit(lane);
  }
  return true;
}

void LaneQueues::look_again(std::uint32_t signal, Micros now) {
  const std::uint32_t turn = signals_.signal(signal).turns.front();
  LanePart(*this, partition_.part_of_junction[network_->to[network_->turn_from[turn]]])
      .wake_signal(signal, now);
  EventWheel& wheel = wheel_of_signal(signal);
  if (signals_.runs_by_stage(signal)) {
    wheel.schedule(entries_, signal_event(signal), now);
  } else {
    wheel.cancel(entries_, signal_event(signal));
  }
}

}  // namespace kontwin::traffic
