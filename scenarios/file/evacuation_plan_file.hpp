#pragma once

#include <filesystem>

#include "scenarios/evacuation/plan/evacuation_plan.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Reads an evacuation plan (TOML, see docs/evacuation-planning.md) for a world: `[[assignment]]`,
/// `[[round]]`, `buses`, `boats`, `contraflow` and `lower_bound_s`. Throws FileError with file,
/// line and field for anything that is missing, misspelt, out of range or not in the world, and for
/// a route that does not lead from the home to the shelter.
EvacuationPlan read_evacuation_plan(const std::filesystem::path& path, const World& world);

/// Writes what read_evacuation_plan reads back unchanged. Throws FileError where the file cannot be
/// written, and ScenarioError where the plan names a row that the world does not have.
void write_evacuation_plan(const EvacuationPlan& plan, const World& world,
                           const std::filesystem::path& path);

}  // namespace kontwin
