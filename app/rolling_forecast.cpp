#include "app/rolling_forecast.hpp"

#include <spdlog/spdlog.h>
#include <cstdio>

#include "app/branch_jobs.hpp"
#include "scenarios/observed_forcing.hpp"

namespace kontwin {

namespace {

/// Ends a run whose rest nobody waits for.
struct Stopped {};

/// 20251118T030000+0700: for names of files.
std::string file_stamp(Instant at) {
  std::string text = format_instant(at);
  std::erase_if(text, [](char each) { return each == '-' || each == ':'; });
  return text;
}

}  // namespace

RollingForecast::RollingForecast(const ForecastOptions& options, const Clock& clock,
                                 const Mirror& mirror, std::shared_ptr<const World> world)
    : options_(options),
      clock_(clock),
      mirror_(mirror),
      world_(std::move(world)),
      scenario_(read_scenario(options.scenario, *world_)),
      arena_(options.threads),
      runner_(options.threads),
      next_(clock.now() + options.every),
      worker_([this] { work(); }) {}

RollingForecast::~RollingForecast() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  worker_.join();
}

void RollingForecast::tick() {
  const Instant now = clock_.now();
  if (now < next_) return;
  next_ += (now - next_) / options_.every * options_.every + options_.every;
  {
    const std::lock_guard lock(mutex_);
    if (busy_) return;
    asked_ = true;
  }
  changed_.notify_one();
}

void RollingForecast::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return asked_ || ending_; });
    if (ending_) return;
    asked_ = false;
    busy_ = true;
    lock.unlock();
    const Instant now = clock_.now();
    try {
      run_from(now);
    } catch (const Stopped&) {
      std::error_code gone_already;
      std::filesystem::remove(runs_.back(), gone_already);
    } catch (const std::exception& failure) {
      spdlog::error("forecast from {}: {}", format_instant(now), failure.what());
    }
    lock.lock();
    busy_ = false;
  }
}

void RollingForecast::run_from(Instant now) {
  BranchJob job;
  job.scenario = scenario_;
  job.scenario.start = now;  // the mirror, not the file, says when
  job.branch = make_branch(job.scenario, world_, mirror_.snapshot(), now);
  add_observed(job.branch, mirror_.history(Instant::min()));
  job.run_file = options_.folder / (job.scenario.name + "-" + file_stamp(now) + ".h5");
  keep(job.run_file);  // before it is run: one that fails takes room too
  const RunResult result = run_job(job, arena_, runner_, [this](double) {
    const std::lock_guard lock(mutex_);
    if (ending_) throw Stopped{};
  });

  std::printf("dự báo / forecast %s: %s", format_instant(now).c_str(),
              job.run_file.string().c_str());
  for (const Kpi& kpi : result.kpis) std::printf("  %s=%g", kpi.id.c_str(), kpi.value);
  std::printf("\n");
  std::fflush(stdout);
}

void RollingForecast::keep(const std::filesystem::path& run_file) {
  runs_.push_back(run_file);
  if (runs_.size() <= runs_kept) return;
  std::error_code gone_already;
  std::filesystem::remove(runs_.front(), gone_already);
  runs_.erase(runs_.begin());
}

}  // namespace kontwin
