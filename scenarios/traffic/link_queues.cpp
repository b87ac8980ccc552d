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
      first_waiting_(links.size(), none),
      last_waiting_(links.size(), none),
      next_entry_(links.size(), 0),
      taken_(links.size(), 0),
      first_hole_(links.size(), none),
      last_hole_(links.size(), none),
      counts_{std::vector<std::uint32_t>(links.size(), 0), std::vector<Micros>(links.size(), 0),
              std::vector<Micros>(links.size(), 0)} {}

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
  if (first_waiting_[link] == none && entry_at(link, now) <= now) {
    drive_in(queue, link, now);
  } else {
    wait_for(queue, link, now);
  }
}

Micros LinkQueues::entry_at(std::uint32_t link, Micros now) {
  while (first_hole_[link] != none && hole_at_[first_hole_[link]] <= now) {
    const std::uint32_t hole = first_hole_[link];
    taken_[link] -= hole_size_[hole];
    first_hole_[link] = hole_next_[hole];
    if (first_hole_[link] == none) last_hole_[link] = none;
    hole_next_[hole] = free_hole_;
    free_hole_ = hole;
  }
  // A little room is enough: a vehicle longer than what is left stands partly in the junction, so
  // that the flow of short links does not suffer from counting whole vehicles.
  if (taken_[link] < links_.storage[link]) return next_entry_[link];
  if (first_hole_[link] == none) return EventWheel::never;
  return std::max(next_entry_[link], hole_at_[first_hole_[link]]);
}

void LinkQueues::wait_for(std::uint32_t queue, std::uint32_t link, Micros now) {
  waits_for_[queue] = link;
  next_waiting_[queue] = none;
  (first_waiting_[link] == none ? first_waiting_[link] : next_waiting_[last_waiting_[link]]) =
      queue;
  last_waiting_[link] = queue;
  if (first_waiting_[link] != queue) return;
  const Micros at = entry_at(link, now);
  if (at != EventWheel::never) wheel_.schedule(entry_event(link), at);
}

void LinkQueues::serve_entry(std::uint32_t link, Micros now) {
  while (first_waiting_[link] != none) {
    const Micros at = entry_at(link, now);
    if (at > now) {
      if (at != EventWheel::never) wheel_.schedule(entry_event(link), at);
      return;
    }
    const std::uint32_t queue = first_waiting_[link];
    first_waiting_[link] = next_waiting_[queue];
    if (first_waiting_[link] == none) last_waiting_[link] = none;
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
  taken_[link] += vehicle.size;
  next_entry_[link] = now + links_.entry_headway[link] * vehicle.size / 100;
  vehicles_.entered_link[slot] = now;
  vehicles_.ready[slot] = now + links_.travel_time(link, vehicle.top_speed_mps);
  insert(link, slot);
  if (head_[link] == slot) schedule_exit(link);
}

void LinkQueues::add_hole(std::uint32_t link, CarHundredths size, Micros at) {
  std::uint32_t hole = free_hole_;
  if (hole != none) {
    free_hole_ = hole_next_[hole];
  } else {
    hole = static_cast<std::uint32_t>(hole_next_.size());
    hole_next_.push_back(none);
    hole_size_.push_back(0);
    hole_at_.push_back(0);
  }
  hole_next_[hole] = none;
  hole_size_[hole] = size;
  hole_at_[hole] = at;
  const bool first = first_hole_[link] == none;
  (first ? first_hole_[link] : hole_next_[last_hole_[link]]) = hole;
  last_hole_[link] = hole;
  // Someone may have found the link full with no hole in sight.
  if (first && first_waiting_[link] != none && wheel_.at(entry_event(link)) == EventWheel::never) {
    wheel_.schedule(entry_event(link), std::max(at, next_entry_[link]));
  }
}

}  // namespace kontwin::traffic
