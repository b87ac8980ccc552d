#include "scenarios/traffic/event_wheel.hpp"

#include <algorithm>

namespace kontwin::traffic {

namespace {

bool later(const EventWheel::Due& a, const EventWheel::Due& b) {
  return a.at != b.at ? a.at > b.at : a.id > b.id;
}

}  // namespace

EventWheel::EventWheel(std::uint32_t ids)
    : time_(ids, never),
      next_(ids, none),
      previous_(ids, none),
      slot_(ids, none),
      first_(buckets, none) {
  heap_.reserve(2 * ids);
}

void EventWheel::schedule(std::uint32_t id, Micros at) {
  cancel(id);
  time_[id] = std::max(at, now_);
  file(id);
}

void EventWheel::cancel(std::uint32_t id) {
  if (slot_[id] == none) return;
  if (slot_[id] != in_heap) {
    if (previous_[id] == none) {
      first_[slot_[id]] = next_[id];
    } else {
      next_[previous_[id]] = next_[id];
    }
    if (next_[id] != none) previous_[next_[id]] = previous_[id];
  }
  // An entry of the heap stays and is known to be stale by its time.
  slot_[id] = none;
  time_[id] = never;
}

void EventWheel::file(std::uint32_t id) {
  const std::int64_t bucket = time_[id] >> bucket_bits;
  if (bucket <= current_) {
    push(id);
    return;
  }
  const auto slot = static_cast<std::uint32_t>(std::min(bucket, current_ + buckets - 1) % buckets);
  slot_[id] = slot;
  previous_[id] = none;
  next_[id] = first_[slot];
  if (next_[id] != none) previous_[next_[id]] = id;
  first_[slot] = id;
}

void EventWheel::push(std::uint32_t id) {
  slot_[id] = in_heap;
  heap_.push_back({time_[id], id});
  std::push_heap(heap_.begin(), heap_.end(), later);
}

void EventWheel::next_bucket() {
  ++current_;
  const auto slot = static_cast<std::size_t>(current_ % buckets);
  std::uint32_t id = first_[slot];
  first_[slot] = none;
  while (id != none) {
    const std::uint32_t next = next_[id];
    file(id);
    id = next;
  }
}

bool EventWheel::pop(Micros until, Due& due) {
  for (;;) {
    while (!heap_.empty()) {
      const Due first = heap_.front();
      const bool stale = slot_[first.id] != in_heap || time_[first.id] != first.at;
      if (!stale && first.at >= until) return false;
      std::pop_heap(heap_.begin(), heap_.end(), later);
      heap_.pop_back();
      if (stale) continue;
      slot_[first.id] = none;
      time_[first.id] = never;
      now_ = first.at;
      due = first;
      return true;
    }
    if (((current_ + 1) << bucket_bits) >= until) return false;
    next_bucket();
  }
}

}  // namespace kontwin::traffic
