#include <cstdio>

#include "app/asset_paths.hpp"
#include "app/branch_jobs.hpp"
#include "app/commands.hpp"
#include "app/open_world.hpp"
#include "app/run_report.hpp"
#include "io/live/recorded.hpp"
#include "io/live/replay.hpp"
#include "io/report/impact_text.hpp"
#include "io/report/terminal_text.hpp"
#include "io/run/compare.hpp"
#include "scenarios/observed_forcing.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// The moment a run forks from the mirror: as asked for, else the scenario's start, else the end of
/// what was recorded.
Instant fork_moment(const RunOptions& options, const Scenario& scenario,
                    const std::vector<Observation>& observations) {
  if (!options.at.empty()) {
    const auto at = parse_instant(options.at);
    if (!at)
      throw Error("--at: '" + options.at + "' is not a moment such as 2025-11-18T03:00:00+07:00");
    return *at;
  }
  if (scenario.start) return *scenario.start;
  if (observations.empty()) throw Error("there are no observations to fork from: give --at");
  return observations.back().observed_at;
}

}  // namespace

int run_scenario(const RunOptions& options) {
  const auto world = open_world(options.common);
  BranchJob job;
  job.scenario = read_scenario(options.scenario, *world);
  job.run_file = options.out.empty() ? "runs/" + job.scenario.name + ".h5" : options.out.string();

  // A user's own world has no built-in recording: it forks from the world at rest.
  std::vector<Observation> observations;
  if (!options.replay.empty()) {
    observations = read_recorded(options.replay);
  } else if (options.common.world.empty()) {
    observations = read_recorded(find_assets() / "kontum/events/2025-11-flood/observations.csv");
  }
  const Instant at = fork_moment(options, job.scenario, observations);
  ManualClock clock(observations.empty() ? at : std::min(at, observations.front().observed_at));
  Mirror mirror(world, clock, {.threads = options.common.threads});
  Replay replay(std::move(observations), clock, mirror);
  replay.play_until(at);

  job.scenario.start = at;  // --at goes before what the file says
  job.branch = make_branch(job.scenario, world, mirror.snapshot(), at);
  add_observed(job.branch, mirror.history(Instant::min()));
  run_jobs({&job, 1}, options.common.threads);
  const auto runs = open_runs({&job, 1});
  std::printf("\n%s\n", terminal_table(compare_runs(runs)).c_str());
  std::printf("%s\n", impact_table(runs.front().impacts(), runs.front().end()).c_str());
  std::printf("  %s\n", job.run_file.string().c_str());
  return 0;
}

}  // namespace kontwin
