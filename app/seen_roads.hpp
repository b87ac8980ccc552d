#pragma once

#include <filesystem>

#include "app/evacuation_task.hpp"
#include "app/plan_trials.hpp"
#include "scenarios/evacuation/plan/measured_flows.hpp"
#include "scenarios/evacuation/plan/road_closures.hpp"
#include "scenarios/file/scenario.hpp"
#include "twin/state_table.hpp"

namespace kontwin {

/// What is learnt from a run in which the scenario has no plan.
struct SeenRoads {
  explicit SeenRoads(const World& world) : closures(world), flows(world) {}
  RoadClosures closures;
  MeasuredFlows flows;
};

/// The run's state at the order; what closes and queues later is put into `seen`. Throws FileError
/// where the run does not cover the order.
StateTable see_run(const std::filesystem::path& path, const EvacuationTask& task, SeenRoads& seen);
/// The same of a trial without a plan.
StateTable see_trial(const PlanTrials& trials, const EvacuationTask& task, SeenRoads& seen);

/// Edits that were made before the order change the state,
void apply_early_edits(const Scenario& scenario, const EvacuationTask& task, StateTable& state);
/// and those after it close roads.
void apply_late_edits(const Scenario& scenario, const EvacuationTask& task, RoadClosures& closures);
/// Shelters that the scenario opens after the order.
std::vector<std::uint32_t> open_later(const Scenario& scenario, const EvacuationTask& task);

}  // namespace kontwin
