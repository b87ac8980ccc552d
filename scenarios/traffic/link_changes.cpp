// What the queues do when links change between two windows, and how they are counted.
#include <algorithm>

#include "scenarios/traffic/link_queues.hpp"

namespace kontwin::traffic {

void LinkQueues::clear() {
  arrived_.clear();
  aside_.clear();
}

void LinkQueues::clear_counts() {
  std::ranges::fill(counts_.exits, 0U);
  std::ranges::fill(counts_.time_sum, Micros{0});
  std::ranges::fill(counts_.delay_sum, Micros{0});
}

void LinkQueues::renew(std::uint32_t link, Micros now) {
  next_exit_[link] = std::min(next_exit_[link], now + links_.exit_headway[link]);
  gates_[link].next_entry = std::min(gates_[link].next_entry, now + links_.entry_headway[link]);
  schedule_exit(link);
  if (gates_[link].first_waiting == none) return;
  const Micros at = entry_at(link, now);
  if (at != EventWheel::never) wheel_.schedule(entry_event(link), at);
}

void LinkQueues::choose_again(std::uint32_t link, Micros now) {
  wheel_.cancel(entry_event(link));
  std::uint32_t queue = gates_[link].first_waiting;
  gates_[link].first_waiting = gates_[link].last_waiting = none;
  while (queue != none) {
    const std::uint32_t next = next_waiting_[queue];
    waits_for_[queue] = none;
    wheel_.schedule(exit_event(queue), now);
    queue = next;
  }
}

void LinkQueues::turn_back(std::uint32_t link, Micros now) {
  std::uint32_t slot = head_[link];
  while (slot != none) {
    const std::uint32_t behind = vehicles_.next[slot];
    const auto group = static_cast<unsigned>(vehicles_.group(slot));
    const Micros driven = now - vehicles_.entered_link[slot];
    const Micros whole = vehicles_.ready[slot] - vehicles_.entered_link[slot];
    if (((links_.blocked[link] >> group) & 1U) != 0 && 2 * driven < whole) {
      unlink(link, slot);
      // Its room is free at once: it drives back over the start of the link.
      gates_[link].taken -= vehicles_.size(slot);
      aside_.push_back({now + driven, slot, links_.from[link]});
    }
    slot = behind;
  }
  schedule_exit(link);
  renew(link, now);
}

std::uint64_t LinkQueues::count_all() const {
  std::uint64_t counted = 0;
  for (const std::uint32_t first : head_) {
    for (std::uint32_t slot = first; slot != none; slot = vehicles_.next[slot]) ++counted;
  }
  return counted;
}

}  // namespace kontwin::traffic
