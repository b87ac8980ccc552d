#include "scenarios/compute_arena.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <optional>

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace kontwin {

namespace {

// Debian's oneTBB is not built with the thread sanitizer, which so does not see that work given out
// comes before its parts, and these before the return. Between parts it sees and judges all.
#ifdef __SANITIZE_THREAD__
void hand_over(void* mark) { __tsan_release(mark); }
void take_over(void* mark) { __tsan_acquire(mark); }
#else
void hand_over(void* /*mark*/) {}
void take_over(void* /*mark*/) {}
#endif

}  // namespace

struct ComputeArena::Impl {
  explicit Impl(std::size_t wanted) : arena(static_cast<int>(wanted)), threads(wanted) {
    // oneTBB will not run more threads at once than cores unless told so. Told less it would hold
    // all arenas of the process to the smallest.
    if (wanted > static_cast<std::size_t>(oneapi::tbb::info::default_concurrency())) {
      limit.emplace(oneapi::tbb::global_control::max_allowed_parallelism, wanted);
    }
  }

  std::optional<oneapi::tbb::global_control> limit;
  oneapi::tbb::task_arena arena;
  std::size_t threads;
};

ComputeArena::ComputeArena(std::size_t threads)
    : impl_(std::make_unique<Impl>(
          threads != 0 ? threads
                       : static_cast<std::size_t>(oneapi::tbb::info::default_concurrency()))) {}

ComputeArena::~ComputeArena() = default;

std::size_t ComputeArena::threads() const { return impl_->threads; }

void ComputeArena::for_each_part(std::size_t parts, const std::function<void(std::size_t)>& work) {
  if (parts == 0) return;
  if (parts == 1 || impl_->threads == 1) {
    for (std::size_t part = 0; part < parts; ++part) work(part);
    return;
  }
  char given = 0, done = 0;
  hand_over(&given);
  impl_->arena.execute([&] {
    oneapi::tbb::parallel_for(
        std::size_t{0}, parts,
        [&](std::size_t part) {
          take_over(&given);
          work(part);
          hand_over(&done);
        },
        oneapi::tbb::simple_partitioner{});
  });
  take_over(&done);
}

}  // namespace kontwin
