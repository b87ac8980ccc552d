#include <chrono>
#include <cstdio>

#include "app/asset_paths.hpp"
#include "app/branch_jobs.hpp"
#include "app/commands.hpp"
#include "app/demo_report.hpp"
#include "app/ioc_exchange.hpp"
#include "app/live_flood.hpp"
#include "app/open_world.hpp"
#include "io/report/terminal_text.hpp"
#include "io/run/compare.hpp"
#include "scenarios/decision_proposal.hpp"
#include "scenarios/observed_forcing.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

void heading(int number, const char* vietnamese, const char* english) {
  std::printf("\n%d. %s / %s\n", number, vietnamese, english);
  std::fflush(stdout);
}

/// The three branches of the demo, forked from the mirror at the moment of the alarm.
std::vector<BranchJob> fork_branches(const DemoOptions& options,
                                     const std::shared_ptr<const World>& world,
                                     const LiveFlood& flood) {
  std::vector<BranchJob> jobs;
  for (const char* const name : {"no-action", "evacuate", "evacuate-landslide"}) {
    BranchJob job;
    job.scenario =
        read_scenario(find_assets() / "scenarios" / (std::string(name) + ".toml"), *world);
    // The mirror, not the file, says when.
    job.scenario.start = flood.alarm_at;
    job.run_file = options.out / (job.scenario.name + ".h5");
    const auto before = std::chrono::steady_clock::now();
    job.branch = make_branch(job.scenario, world, flood.state_at_alarm, flood.alarm_at);
    add_observed(job.branch, flood.history);
    const std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - before;
    std::printf("  %s  %s\n     %s\n     %zu can thiệp / edits, %s ms\n",
                column_mark(jobs.size()).c_str(), job.branch.title_vi.c_str(),
                job.branch.title_en.c_str(), job.branch.edits.size(),
                number_text(took.count(), 1, Language::both).c_str());
    jobs.push_back(std::move(job));
  }
  return jobs;
}

}  // namespace

int run_demo(const DemoOptions& options) {
  std::filesystem::create_directories(options.out);
  // A demo begins anew: what the last one left in this folder goes, its decision too.
  for (const char* const name : {"store.sqlite", "store.sqlite-wal", "store.sqlite-shm"}) {
    std::filesystem::remove(options.out / name);
  }

  heading(1, "Mô hình tỉnh và bản sao trực tuyến", "The world and its mirror");
  const auto world = open_world(options.common);

  heading(2, "Lũ tháng 11/2025 trên sông Đăk Bla", "The flood of November 2025 on the Đăk Bla");
  const auto recorded = find_assets() / "kontum/events/2025-11-flood/observations.csv";
  const LiveFlood flood = replay_flood(world, recorded, options.speed_up, options.common.threads,
                                       options.out / "store.sqlite");

  heading(3, "Ba phương án", "Three branches");
  const auto jobs = fork_branches(options, world, flood);
  const auto results = run_jobs(jobs, options.common.threads);

  heading(4, "Kết quả", "Results");
  std::printf("\n%s\n", terminal_table(compare_runs(open_runs(jobs))).c_str());

  heading(5, "Quyết định", "The decision");
  std::vector<BranchOutcome> outcomes;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    outcomes.push_back({&jobs[i].branch, results[i].kpis, jobs[i].run_file.string()});
  }
  const BranchOutcome& best = outcomes[best_of(outcomes)];
  Decision decision;
  if (measures_of(*best.branch).empty()) {
    std::printf("  Không cần can thiệp / Nothing needs to be ordered\n");
  } else {
    decision = exchange_with_ioc(
        options.out / "store.sqlite",
        propose(best, outcomes.front(), flood.alarm_at, std::chrono::hours(3)), options.approve);
  }

  heading(6, "Báo cáo và hình ảnh", "Report and pictures");
  const auto page = write_demo_report(options, *world, flood, jobs, results, decision);
  std::printf("  %s\n", page.string().c_str());
  return 0;
}

}  // namespace kontwin
