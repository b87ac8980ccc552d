#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/commands.hpp"
#include "scenarios/file/scenario.hpp"
#include "twin/branch.hpp"
#include "twin/observation.hpp"

namespace kontwin {

/// The moment a scenario forks from the mirror, and what the mirror knew then.
struct ScenarioFork {
  std::shared_ptr<const World> world;
  Instant at;
  StateTable state;
  std::vector<Reading> history;

  /// The scenario from there, whatever start it names.
  Branch branch(Scenario& scenario) const;
};

/// Plays what was recorded into a mirror until the scenario's start; or until `at`, as ISO 8601,
/// which goes before it; or to the end. `replay`: observations; empty: those of November 2025, for
/// the sample world alone. Throws Error where there is no such moment.
ScenarioFork fork_scenario(const CommonOptions& common, std::shared_ptr<const World> world,
                           const Scenario& scenario, const std::filesystem::path& replay,
                           const std::string& at);

}  // namespace kontwin
