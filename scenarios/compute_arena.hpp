#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace kontwin {

/// The one place where numeric work runs in parallel: a oneTBB arena sized once for the process and
/// shared by all engines of all branches. Work is cut into a number of parts that the caller fixes
/// from the size of the problem, never from the number of threads, so that results are the same on
/// one thread and on many.
class ComputeArena {
 public:
  /// `threads` 0: one a core.
  explicit ComputeArena(std::size_t threads = 0);
  ~ComputeArena();
  ComputeArena(const ComputeArena&) = delete;
  ComputeArena& operator=(const ComputeArena&) = delete;

  std::size_t threads() const;

  /// Calls `work(part)` for part = 0 ... parts-1 on the arena's threads and returns when all are
  /// done. Parts may run in any order and at the same time, so they must not write what another
  /// reads. May be called from several threads at once and from inside a part. What a part throws
  /// is thrown again here.
  void for_each_part(std::size_t parts, const std::function<void(std::size_t)>& work);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
