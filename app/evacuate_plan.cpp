#include <algorithm>
#include <cstdio>
#include <optional>

#include "app/branch_jobs.hpp"
#include "app/evacuate_commands.hpp"
#include "app/evacuation_plan_text.hpp"
#include "app/evacuation_task.hpp"
#include "app/open_world.hpp"
#include "app/plan_trials.hpp"
#include "app/scenario_fork.hpp"
#include "app/seen_roads.hpp"
#include "io/run/run_file.hpp"
#include "scenarios/evacuation/plan/timed_network.hpp"
#include "scenarios/file/evacuation_plan_file.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// The scenario that is asked for, and where it forks when plans are tried on it.
struct Asked {
  std::optional<Scenario> scenario;
  std::optional<ScenarioFork> fork;
};

Asked read_scenario_of(const EvacuatePlanOptions& options,
                       const std::shared_ptr<const World>& world) {
  Asked asked;
  if (options.scenario.empty()) return asked;
  asked.scenario = read_scenario(options.scenario, *world);
  if (options.judge == 0) return asked;
  if (!asked.scenario->evacuation) {
    throw FileError(options.scenario.string(),
                    "không có [evacuation] để chạy thử / has no [evacuation] to be tried");
  }
  asked.fork = fork_scenario(options.common, world, *asked.scenario, {}, "");
  return asked;
}

/// How the roads stand at the order, and in the options of the task what becomes of them.
StateTable look_at_roads(EvacuationTask& task, const EvacuatePlanOptions& options,
                         const Asked& asked) {
  SeenRoads seen(*task.world);
  StateTable state(*task.world);
  if (!options.run.empty()) {
    if (!asked.scenario) task.start = RunFile(options.run).header().start;
    state = see_run(options.run, task, seen);
  } else if (asked.fork) {
    state = see_trial(PlanTrials(*asked.scenario, *asked.fork, options.common.threads), task, seen);
  }
  const bool saw_a_run = !options.run.empty() || asked.fork;
  if (asked.scenario) apply_early_edits(*asked.scenario, task, state);
  if (!saw_a_run) seen.closures.see(state, 0);
  if (asked.scenario) {
    apply_late_edits(*asked.scenario, task, seen.closures);
    task.options.open_later = open_later(*asked.scenario, task);
  }
  if (saw_a_run) task.options.measured_vph = seen.flows.vehicles_ph();
  task.options.open_until_s = seen.closures.open_until_s();
  const std::vector<double>& closes_s = seen.closures.closes_s();
  const bool any_closes =
      std::ranges::any_of(closes_s, [](double at_s) { return at_s < evacuation::never_s; });
  if (any_closes) task.options.closes_s = closes_s;
  return state;
}

/// Tries what may be made of a plan; the best of it, after all of it was printed.
EvacuationPlan best_of(const EvacuationPlan& plan, const EvacuatePlanOptions& options,
                       const Asked& asked) {
  const auto candidates = candidates_of(plan);
  const auto judged =
      evacuation::judge_plans(PlanTrials(*asked.scenario, *asked.fork, options.common.threads)
                                  .run(candidates, options.judge));
  std::printf("\n%s\n", judgement_text(candidates, judged, options.judge).c_str());
  const auto& best = candidates[judged.best].plan;
  // A plan that says nothing leaves all as it is without one.
  return best ? *best : EvacuationPlan{};
}

}  // namespace

int run_evacuate_plan(const EvacuatePlanOptions& options) {
  if (options.scenario.empty() && options.communes.empty()) {
    throw Error("cần kịch bản hoặc --communes / give a scenario, or --communes");
  }
  if (options.judge > 0 && options.scenario.empty()) {
    throw Error("--judge: cần kịch bản để chạy thử / needs a scenario to be tried on");
  }
  const auto world = open_world(options.common);
  Asked asked = read_scenario_of(options, world);
  EvacuationTask task = asked.scenario ? task_for(*asked.scenario, options, world, asked.fork)
                                       : task_for_communes(options, world);
  const StateTable state = look_at_roads(task, options, asked);

  PlannedEvacuation made = make_plan(*task.world, state, task.homes, {}, task.options);
  std::printf("\n%s\n", evacuation_plan_text(made, *task.world).c_str());
  const auto wards = evacuation::plan_wards(*task.world, state, task.hospitals, task.options);
  if (!task.hospitals.empty()) std::printf("%s\n", ward_plan_text(wards, *task.world).c_str());
  made.plan.wards = wards.orders();
  if (asked.scenario && !task.options.households.buses) {
    // As many come as are needed: the few that are assumed here would only be slower.
    std::erase_if(made.plan.rounds, [](const EvacuationPlan::Round& round) {
      return round.vehicle == Mover::Kind::bus;
    });
    made.plan.buses = 0;
  }
  EvacuationPlan proposed;
  if (asked.fork) {
    proposed = best_of(made.plan, options, asked);
  } else {
    proposed = plan_with(made.plan, options.routes || options.staged, options.staged, true);
    std::printf(
        "  Chưa chạy thử: có thể đưa được ít người đến nơi an toàn hơn khi không có kế hoạch; xem "
        "--judge\n  Not tried: it may bring fewer to safety than no plan would; see --judge\n");
  }
  if (options.out.has_parent_path()) std::filesystem::create_directories(options.out.parent_path());
  write_evacuation_plan(proposed, *task.world, options.out);
  std::printf("  %s\n", options.out.string().c_str());
  return 0;
}

}  // namespace kontwin
