#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/scenario_fork.hpp"
#include "scenarios/evacuation/plan/evacuation_plan.hpp"
#include "scenarios/evacuation/plan/plan_judge.hpp"
#include "twin/frame.hpp"

namespace kontwin {

/// A way to order an evacuation, to be tried.
struct PlanCandidate {
  std::string vietnamese, english;
  std::shared_ptr<const EvacuationPlan> plan;  ///< nothing: everyone chooses
};

/// A plan, less what is left to those who leave: the way they drive; when they set out; buses and
/// boats on call in place of its rounds.
EvacuationPlan plan_with(EvacuationPlan plan, bool routes, bool staged, bool rounds);

/// What may be made of a plan: nothing of it, its shelters alone, then one after the other with its
/// rounds, its routes and its waves, which are reckoned for the routes.
std::vector<PlanCandidate> candidates_of(const EvacuationPlan& plan);

/// Runs a scenario with plans, without recording it.
class PlanTrials {
 public:
  /// Both must outlive it. `threads`: 0: one a core.
  PlanTrials(const Scenario& scenario, const ScenarioFork& fork, unsigned threads)
      : scenario_(scenario), fork_(fork), threads_(threads) {}

  /// Runs it without a plan, with the scenario's own seed, for whoever wants to see it.
  void show_without_plan(RunSink& sink) const;
  /// Runs it with each of them on the scenario's seed and those that follow it, as many at a time
  /// as there are threads. [candidate][seed]. Throws what the first trial that failed threw.
  std::vector<std::vector<evacuation::PlanOutcome>> run(std::span<const PlanCandidate> candidates,
                                                        unsigned seeds) const;

 private:
  const Scenario& scenario_;
  const ScenarioFork& fork_;
  unsigned threads_;
};

/// The means of all, which of them are safe enough, and which is proposed.
std::string judgement_text(std::span<const PlanCandidate> candidates,
                           const evacuation::PlanJudgement& judged, unsigned seeds);

}  // namespace kontwin
