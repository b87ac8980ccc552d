#include "scenarios/traffic/event_wheel.hpp"

#include <algorithm>

namespace kontwin::traffic {

namespace {

bool later(const EventWheel::Due& a, const EventWheel::Due& b) {
  return a.at != b.at ? a.at > b.at : a.id > b.id;
}

}  // namespace

EventWheel::EventWheel() : first_(buckets, none) {}

void EventWheel::schedule(std::span<Entry> entries, std::uint32_t id, Micros at) {
  cancel(entries, id);
  entries[id].at = std::max(at, now_);
  file(entries, id);
}

void EventWheel::cancel(std::span<Entry> entries, std::uint32_t id) {
  Entry& entry = entries[id];
  if (entry.bucket == none) return;
  if (entry.bucket != in_heap) {
    (entry.previous == none ? first_[entry.bucket] : entries[entry.previous].next) = entry.next;
    if (entry.next != none) entries[entry.next].previous = entry.previous;
  }
  // An entry of the heap stays and is known to be stale by its time.
  entry.bucket = none;
  entry.at = never;
}

void EventWheel::file(std::span<Entry> entries, std::uint32_t id) {
  Entry& entry = entries[id];
  const std::int64_t bucket = entry.at >> bucket_bits;
  if (bucket <= current_) {
    entry.bucket = in_heap;
    heap_.push_back({entry.at, id});
    std::push_heap(heap_.begin(), heap_.end(), later);
    return;
  }
  entry.bucket = static_cast<std::uint32_t>(std::min(bucket, current_ + buckets - 1) % buckets);
  entry.previous = none;
  entry.next = first_[entry.bucket];
  if (entry.next != none) entries[entry.next].previous = id;
  first_[entry.bucket] = id;
}

void EventWheel::next_bucket(std::span<Entry> entries) {
  ++current_;
  const auto bucket = static_cast<std::size_t>(current_ % buckets);
  std::uint32_t id = first_[bucket];
  first_[bucket] = none;
  while (id != none) {
    const std::uint32_t next = entries[id].next;
    file(entries, id);
    id = next;
  }
}

Micros EventWheel::coming(std::span<const Entry> entries, Micros until, std::size_t wanted,
                          std::vector<std::uint32_t>& ids) const {
  for (const Due& due : heap_) ids.push_back(due.id);
  std::int64_t bucket = current_;
  while (ids.size() < wanted && ((bucket + 1) << bucket_bits) < until) {
    ++bucket;
    for (std::uint32_t id = first_[static_cast<std::size_t>(bucket % buckets)]; id != none;
         id = entries[id].next) {
      ids.push_back(id);
    }
  }
  return std::min(until, (bucket + 1) << bucket_bits);
}

bool EventWheel::pop(std::span<Entry> entries, Micros until, Due& due) {
  for (;;) {
    while (!heap_.empty()) {
      const Due first = heap_.front();
      Entry& entry = entries[first.id];
      const bool stale = entry.bucket != in_heap || entry.at != first.at;
      if (!stale && first.at >= until) return false;
      std::pop_heap(heap_.begin(), heap_.end(), later);
      heap_.pop_back();
      if (stale) continue;
      entry.bucket = none;
      entry.at = never;
      now_ = first.at;
      due = first;
      return true;
    }
    if (((current_ + 1) << bucket_bits) >= until) return false;
    next_bucket(entries);
  }
}

}  // namespace kontwin::traffic
