#include "scenarios/traffic/link_queues.hpp"

#include <algorithm>

namespace kontwin::traffic {

LinkQueues::LinkQueues(const LinkTable& links, VehicleTable& vehicles)
    : links_(links),
      vehicles_(vehicles),
      wheel_(static_cast<std::uint32_t>(3 * links.size())),
      head_(2 * links.size(), none),
      tail_(2 * links.size(), none),
      count_(2 * links.size(), 0),
      next_exit_(2 * links.size(), 0),
      waits_for_(2 * links.size(), none),
      next_waiting_(2 * links.size(), none),
      gates_(links.size()),
      counts_{std::vector<std::uint32_t>(links.size(), 0), std::vector<Micros>(links.size(), 0),
              std::vector<Micros>(links.size(), 0)} {
  for (std::size_t link = 0; link < links.size(); ++link) {
    gates_[link].storage = links.storage[link];
  }
}

std::uint32_t LinkQueues::junction_of(std::uint32_t queue) const {
  return is_roadside(queue) ? links_.from[queue - links_.size()] : links_.to[queue];
}

void LinkQueues::insert(std::uint32_t queue, std::uint32_t slot) {
  const Micros ready = vehicles_.ready[slot];
  std::uint32_t ahead = tail_[queue];
  while (ahead != none && vehicles_.ready[ahead] > ready) ahead = vehicles_.previous[ahead];
  const std::uint32_t behind = ahead == none ? head_[queue] : vehicles_.next[ahead];
  vehicles_.previous[slot] = ahead;
  vehicles_.next[slot] = behind;
  (ahead == none ? head_[queue] : vehicles_.next[ahead]) = slot;
  (behind == none ? tail_[queue] : vehicles_.previous[behind]) = slot;
  ++count_[queue];
}

void LinkQueues::unlink(std::uint32_t queue, std::uint32_t slot) {
  const std::uint32_t ahead = vehicles_.previous[slot];
  const std::uint32_t behind = vehicles_.next[slot];
  (ahead == none ? head_[queue] : vehicles_.next[ahead]) = behind;
  (behind == none ? tail_[queue] : vehicles_.previous[behind]) = ahead;
  --count_[queue];
}

void LinkQueues::schedule_exit(std::uint32_t queue) {
  if (waits_for_[queue] != none) return;
  if (head_[queue] == none) {
    wheel_.cancel(exit_event(queue));
    return;
  }
  wheel_.schedule(exit_event(queue), std::max(vehicles_.ready[head_[queue]], next_exit_[queue]));
}

void LinkQueues::depart(std::uint32_t slot, std::uint32_t link, Micros at) {
  const auto queue = static_cast<std::uint32_t>(links_.size()) + link;
  vehicles_.ready[slot] = at;
  insert(queue, slot);
  if (head_[queue] == slot) schedule_exit(queue);
}

void LinkQueues::run(Micros until, const RouteBook& book) {
  const auto first_entry = static_cast<std::uint32_t>(2 * links_.size());
  EventWheel::Due due;
  while (wheel_.pop(until, due)) {
    if (due.id < first_entry) {
      serve_exit(due.id, due.at, book);
    } else {
      serve_entry(due.id - first_entry, due.at);
    }
  }
}

void LinkQueues::serve_exit(std::uint32_t queue, Micros now, const RouteBook& book) {
  const std::uint32_t slot = head_[queue];
  const std::uint32_t junction = junction_of(queue);
  const std::uint32_t tree = vehicles_.tree[slot];
  if (junction == book.destination(tree)) {
    leave_queue(queue, slot, now);
    arrived_.push_back({now, slot, junction});
    return;
  }
  const std::uint32_t link = book.next_link(tree, junction);
  const auto group = static_cast<unsigned>(vehicles_.group(slot));
  if (link == none || ((links_.may_enter[link] >> group) & 1U) == 0) {
    leave_queue(queue, slot, now);
    aside_.push_back({now, slot, junction});
    return;
  }
  if (gates_[link].first_waiting == none && entry_at(link, now) <= now) {
    drive_in(queue, link, now);
  } else {
    wait_for(queue, link, now);
  }
}

Micros LinkQueues::entry_at(std::uint32_t link, Micros now) {
  Gate& gate = gates_[link];
  while (gate.first_hole != none && holes_[gate.first_hole].at <= now) {
    const std::uint32_t hole = gate.first_hole;
    gate.taken -= holes_[hole].size;
    gate.first_hole = holes_[hole].next;
    if (gate.first_hole == none) gate.last_hole = none;
    holes_[hole].next = free_hole_;
    free_hole_ = hole;
  }
  // A little room is enough: a vehicle longer than what is left stands partly in the junction, so
  // that the flow of short links does not suffer from counting whole vehicles.
  if (gate.taken < gate.storage) return gate.next_entry;
  if (gate.first_hole == none) return EventWheel::never;
  return std::max(gate.next_entry, holes_[gate.first_hole].at);
}

void LinkQueues::wait_for(std::uint32_t queue, std::uint32_t link, Micros now) {
  Gate& gate = gates_[link];
  waits_for_[queue] = link;
  next_waiting_[queue] = none;
  (gate.first_waiting == none ? gate.first_waiting : next_waiting_[gate.last_waiting]) = queue;
  gate.last_waiting = queue;
  if (gate.first_waiting != queue) return;
  const Micros at = entry_at(link, now);
  if (at != EventWheel::never) wheel_.schedule(entry_event(link), at);
}

void LinkQueues::serve_entry(std::uint32_t link, Micros now) {
  Gate& gate = gates_[link];
  while (gate.first_waiting != none) {
    const Micros at = entry_at(link, now);
    if (at > now) {
      if (at != EventWheel::never) wheel_.schedule(entry_event(link), at);
      return;
    }
    const std::uint32_t queue = gate.first_waiting;
    gate.first_waiting = next_waiting_[queue];
    if (gate.first_waiting == none) gate.last_waiting = none;
    waits_for_[queue] = none;
    drive_in(queue, link, now);
  }
}

void LinkQueues::leave_queue(std::uint32_t queue, std::uint32_t slot, Micros now) {
  unlink(queue, slot);
  if (!is_roadside(queue)) {
    const CarHundredths size = vehicles_.size(slot);
    next_exit_[queue] = now + links_.exit_headway[queue] * size / 100;
    add_hole(queue, size, now + links_.hole_delay[queue]);
    ++counts_.exits[queue];
    counts_.time_sum[queue] += now - vehicles_.entered_link[slot];
    counts_.delay_sum[queue] += now - vehicles_.ready[slot];
  }
  schedule_exit(queue);
}

void LinkQueues::drive_in(std::uint32_t queue, std::uint32_t link, Micros now) {
  const std::uint32_t slot = head_[queue];
  const VehicleClass& vehicle = classes[vehicles_.vehicle_class[slot]];
  leave_queue(queue, slot, now);
  gates_[link].taken += vehicle.size;
  gates_[link].next_entry = now + links_.entry_headway[link] * vehicle.size / 100;
  vehicles_.entered_link[slot] = now;
  vehicles_.ready[slot] = now + links_.travel_time(link, vehicle.top_speed_mps);
  insert(link, slot);
  if (head_[link] == slot) schedule_exit(link);
}

void LinkQueues::add_hole(std::uint32_t link, CarHundredths size, Micros at) {
  Gate& gate = gates_[link];
  std::uint32_t hole = free_hole_;
  if (hole != none) {
    free_hole_ = holes_[hole].next;
  } else {
    hole = static_cast<std::uint32_t>(holes_.size());
    holes_.emplace_back();
  }
  holes_[hole] = {at, size, none};
  const bool first = gate.first_hole == none;
  (first ? gate.first_hole : holes_[gate.last_hole].next) = hole;
  gate.last_hole = hole;
  // Someone may have found the link full with no hole in sight.
  if (first && gate.first_waiting != none && wheel_.at(entry_event(link)) == EventWheel::never) {
    wheel_.schedule(entry_event(link), std::max(at, gate.next_entry));
  }
}

}  // namespace kontwin::traffic
