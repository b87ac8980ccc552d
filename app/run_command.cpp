#include <cstdio>

#include "app/branch_jobs.hpp"
#include "app/commands.hpp"
#include "app/open_world.hpp"
#include "app/run_report.hpp"
#include "app/scenario_fork.hpp"
#include "io/report/impact_text.hpp"
#include "io/report/terminal_text.hpp"
#include "io/run/compare.hpp"

namespace kontwin {

int run_scenario(const RunOptions& options) {
  const auto world = open_world(options.common);
  BranchJob job;
  job.scenario = read_scenario(options.scenario, *world);
  job.run_file = options.out.empty() ? "runs/" + job.scenario.name + ".h5" : options.out.string();
  job.branch = fork_scenario(options.common, world, job.scenario, options.replay, options.at)
                   .branch(job.scenario);
  run_jobs({&job, 1}, options.common.threads);
  const auto runs = open_runs({&job, 1});
  std::printf("\n%s\n", terminal_table(compare_runs(runs)).c_str());
  std::printf("%s\n", impact_table(runs.front().impacts(), runs.front().end()).c_str());
  std::printf("%s", tables_text(runs.front(), 5).c_str());
  std::printf("  %s\n", job.run_file.string().c_str());
  return 0;
}

}  // namespace kontwin
