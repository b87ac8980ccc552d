#include "actors/underway.hpp"

namespace kontwin {

Underway::Epoch Underway::begin() {
  while (true) {
    const Epoch epoch = current_.load(std::memory_order_seq_cst);
    counts_[epoch].fetch_add(1, std::memory_order_seq_cst);
    // A wait that turned the epochs over in between may have seen an empty count already.
    if (current_.load(std::memory_order_seq_cst) == epoch) return epoch;
    done(epoch);
  }
}

void Underway::done(Epoch epoch) {
  if (counts_[epoch].fetch_sub(1, std::memory_order_acq_rel) == 1) counts_[epoch].notify_all();
}

void Underway::wait() {
  const std::scoped_lock lock(waiting_);
  const Epoch old = current_.load(std::memory_order_seq_cst);
  current_.store(old ^ 1U, std::memory_order_seq_cst);
  std::uint64_t left = counts_[old].load(std::memory_order_seq_cst);
  while (left != 0) {
    counts_[old].wait(left, std::memory_order_acquire);
    left = counts_[old].load(std::memory_order_acquire);
  }
}

}  // namespace kontwin
