#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "actors/branch_runner.hpp"
#include "actors/mirror.hpp"
#include "scenarios/compute_arena.hpp"
#include "scenarios/file/scenario.hpp"

namespace kontwin {

/// What a rolling forecast is told.
struct ForecastOptions {
  std::filesystem::path scenario;
  Duration every{std::chrono::minutes{15}};  ///< of the mirror's time
  std::filesystem::path folder = "runs/forecast";
  unsigned threads = 0;
};

/// A scenario that starts again from the live mirror every so often: each time a branch is forked
/// at the mirror's present, its lead-in is drawn to what sensors saw, and it runs ahead. So what is
/// forecast keeps to what comes in. Works on a thread of its own, one run at a time; a moment that
/// comes while a run still goes is left out.
///
/// Each run is recorded as `<name>-<moment>.h5`; of those of this forecast the last four stay. What
/// goes wrong with one is logged, and the next one is tried.
class RollingForecast {
 public:
  /// Throws Error where the scenario cannot be read. `clock` and `mirror` must outlive it.
  RollingForecast(const ForecastOptions& options, const Clock& clock, const Mirror& mirror,
                  std::shared_ptr<const World> world);
  /// Breaks the run under way off at the end of its window, and removes it.
  ~RollingForecast();
  RollingForecast(const RollingForecast&) = delete;
  RollingForecast& operator=(const RollingForecast&) = delete;

  /// Tells it that time has passed; returns at once.
  void tick();

 private:
  static constexpr std::size_t runs_kept = 4;
  void work();
  void run_from(Instant now);
  /// Counts a run in, and removes the oldest beyond those that stay.
  void keep(const std::filesystem::path& run_file);

  ForecastOptions options_;
  const Clock& clock_;
  const Mirror& mirror_;
  std::shared_ptr<const World> world_;
  Scenario scenario_;
  ComputeArena arena_;
  BranchRunner runner_;
  Instant next_;
  std::vector<std::filesystem::path> runs_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool asked_ = false, busy_ = false, ending_ = false;
  std::thread worker_;
};

}  // namespace kontwin
