#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>

namespace kontwin {

/// Counts work that is under way among actors, so that one can wait until all that was there at a
/// moment is done, while more keeps coming. Work belongs to one of two epochs; what it causes
/// belongs to the same. Waiting turns new work over to the other epoch and waits for the old one to
/// run empty.
class Underway {
 public:
  using Epoch = std::uint8_t;

  /// Counts one piece of new work; its epoch.
  Epoch begin();
  /// Counts `pieces` that a piece of `epoch`, still counted itself, causes.
  void add(Epoch epoch, std::uint64_t pieces = 1) {
    counts_[epoch].fetch_add(pieces, std::memory_order_acq_rel);
  }
  /// Makes what was written before a piece was counted visible to the one who works on it. CAF's
  /// mailboxes do so too, but out of the sight of thread sanitizers.
  void look(Epoch epoch) const { (void)counts_[epoch].load(std::memory_order_acquire); }
  /// A piece, with all it causes counted, is done.
  void done(Epoch epoch);
  /// Waits until all work begun before is done. Any thread.
  void wait();

 private:
  alignas(64) std::array<std::atomic<std::uint64_t>, 2> counts_{};
  std::atomic<Epoch> current_{0};
  std::mutex waiting_;
};

/// One piece of work, done at the end of the scope whatever happens in it.
class Piece {
 public:
  Piece(Underway& underway, Underway::Epoch epoch) : underway_(underway), epoch_(epoch) {
    underway_.look(epoch_);
  }
  ~Piece() { underway_.done(epoch_); }
  Piece(const Piece&) = delete;
  Piece& operator=(const Piece&) = delete;

 private:
  Underway& underway_;
  Underway::Epoch epoch_;
};

}  // namespace kontwin
