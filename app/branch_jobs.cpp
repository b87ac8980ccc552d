#include "app/branch_jobs.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <thread>

#include "app/progress.hpp"
#include "io/crowd/crowd_file.hpp"
#include "io/import/rain_rasters.hpp"
#include "io/live/recorded.hpp"
#include "io/run/run_writer.hpp"
#include "scenarios/engines/make_engines.hpp"
#include "scenarios/file/scenario_file.hpp"

namespace kontwin {

namespace {

/// An edit after the end does nothing, and nobody would know.
void warn_of_late_edits(const Branch& branch) {
  const Instant end = branch.start + branch.length;
  const auto late =
      std::ranges::count_if(branch.edits, [end](const TimedEdit& edit) { return edit.at > end; });
  if (late == 0) return;
  spdlog::warn("{}: edits that come after the end of the run ({}) and do nothing: {}", branch.name,
               format_instant(end), late);
}

}  // namespace

Scenario read_scenario(const std::filesystem::path& path, const World& world) {
  return load_scenario(
      path, world, read_recorded_series, read_rain_rasters,
      [](const std::filesystem::path& file) { return crowd::read_crowd(file).building; });
}

RunResult run_job(const BranchJob& job, ComputeArena& arena, BranchRunner& runner,
                  const BranchRunner::Progress& progress) {
  if (job.run_file.has_parent_path()) {
    std::filesystem::create_directories(job.run_file.parent_path());
  }
  warn_of_late_edits(job.branch);
  const auto engines = make_engines(job.scenario, job.branch, arena);
  RunWriter writer(job.run_file);
  RunSink* const sinks[] = {&writer};
  return runner.run(job.branch, engines, sinks, progress);
}

std::vector<RunResult> run_jobs(std::span<const BranchJob> jobs, unsigned threads) {
  std::vector<std::string> names;
  for (const BranchJob& job : jobs) names.push_back(job.branch.title_vi);
  Progress progress(names);

  ComputeArena arena(threads);
  BranchRunner runner(threads);
  std::vector<RunResult> results(jobs.size());
  std::vector<std::exception_ptr> failures(jobs.size());
  const auto run_one = [&](std::size_t i) {
    try {
      results[i] =
          run_job(jobs[i], arena, runner, [&progress, i](double share) { progress.set(i, share); });
    } catch (...) {
      failures[i] = std::current_exception();
    }
  };
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < jobs.size(); ++i) workers.emplace_back(run_one, i);
  for (std::thread& worker : workers) worker.join();
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  return results;
}

std::vector<RunFile> open_runs(std::span<const BranchJob> jobs) {
  std::vector<RunFile> runs;
  for (const BranchJob& job : jobs) runs.emplace_back(job.run_file);
  return runs;
}

}  // namespace kontwin
