#include "twin/live_state.hpp"

#include <algorithm>

namespace kontwin {

LiveState::LiveState(StateTable initial) : table_(std::move(initial)) {
  for (const Kind kind : all_kinds()) rows_[index_of(kind)] = table_.rows(kind);
}

// The gate is Dekker's handshake: a writer announces itself, then looks at `closed_`; a snapshot
// sets `closed_`, then looks at the announcements. Sequential consistency on these four accesses
// makes sure that at least one of the two sees the other.

void LiveState::enter(Stripe& stripe) const {
  while (true) {
    stripe.inside.fetch_add(1, std::memory_order_seq_cst);
    if (!closed_.load(std::memory_order_seq_cst)) return;
    stripe.inside.fetch_sub(1, std::memory_order_release);
    stripe.inside.notify_all();
    closed_.wait(true, std::memory_order_acquire);
  }
}

void LiveState::write(EntityRef ref, std::span<const Cell> cells) {
  Stripe& stripe = stripes_[ref.row % stripe_count];
  enter(stripe);
  for (const Cell& cell : cells) table_.at(ref, cell.column) = cell.value;
  stripe.writes.fetch_add(cells.size(), std::memory_order_relaxed);
  stripe.inside.fetch_sub(1, std::memory_order_release);
  // Only a waiting snapshot cares, and it has closed the gate.
  if (closed_.load(std::memory_order_seq_cst)) stripe.inside.notify_all();
}

void LiveState::close_gate() const {
  bool expected = false;
  while (!closed_.compare_exchange_weak(expected, true, std::memory_order_seq_cst)) {
    closed_.wait(true, std::memory_order_acquire);
    expected = false;
  }
  for (Stripe& stripe : stripes_) {
    std::uint32_t inside = stripe.inside.load(std::memory_order_seq_cst);
    while (inside != 0) {
      stripe.inside.wait(inside, std::memory_order_acquire);
      inside = stripe.inside.load(std::memory_order_acquire);
    }
  }
}

void LiveState::open_gate() const {
  closed_.store(false, std::memory_order_seq_cst);
  closed_.notify_all();
}

StateTable LiveState::snapshot() const {
  // The new pages are touched before the gate closes, so that writers wait for the copy alone.
  StateTable copy(rows_);
  snapshot_into(copy);
  return copy;
}

void LiveState::snapshot_into(StateTable& target) const {
  close_gate();
  std::ranges::copy(table_.all(), target.all().begin());
  open_gate();
}

std::uint64_t LiveState::writes() const {
  std::uint64_t total = 0;
  for (const Stripe& stripe : stripes_) total += stripe.writes.load(std::memory_order_relaxed);
  return total;
}

}  // namespace kontwin
