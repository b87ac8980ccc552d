#pragma once

#include <memory>

#include "scenarios/compute_arena.hpp"
#include "scenarios/flood/flood_options.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"
#include "twin/terrain.hpp"

namespace kontwin::flood {

/// The solver of the scheme that the options choose, on an empty grid. Throws ScenarioError as its
/// constructor does. `arena` must outlive it.
std::unique_ptr<ShallowWaterSolver> make_solver(const TerrainGrid& grid,
                                                const FloodOptions& options, ComputeArena& arena);

}  // namespace kontwin::flood
