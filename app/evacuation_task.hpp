#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "app/evacuate_commands.hpp"
#include "app/scenario_fork.hpp"
#include "scenarios/evacuation/plan/make_plan.hpp"
#include "scenarios/file/scenario.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// What an evacuation is planned for, and with what.
struct EvacuationTask {
  std::shared_ptr<const World> world;
  std::vector<OrderedHome> homes;
  std::vector<OrderedHome> hospitals;
  Instant start{};      ///< of the scenario, or of the run
  Duration ordered{0};  ///< the first time, after it
  PlanOptions options;
};

/// All homes of the communes that are asked for, who leave at once. Throws Error where one has
/// none.
EvacuationTask task_for_communes(const EvacuatePlanOptions& asked,
                                 std::shared_ptr<const World> world);

/// Those whom a scenario orders to leave. Its start becomes that of its run, or of `fork`, where it
/// names none, and its buses and boats those that are asked for. Throws an error that names the
/// file where it orders nobody, or at a moment before its start, or one that counts from no start.
EvacuationTask task_for(Scenario& scenario, const EvacuatePlanOptions& asked,
                        std::shared_ptr<const World> world,
                        const std::optional<ScenarioFork>& fork);

/// When something happens, after the start.
Duration after_start(const EditMoment& at, const std::optional<Instant>& start);

}  // namespace kontwin
