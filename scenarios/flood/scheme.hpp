#pragma once

#include <memory>

#include "scenarios/compute_arena.hpp"
#include "scenarios/flood/flood_grids.hpp"
#include "scenarios/flood/flood_options.hpp"
#include "scenarios/flood/nestable_solver.hpp"

namespace kontwin::flood {

/// The solver of the scheme that the options choose, on an empty grid. Throws ScenarioError as its
/// constructor does. `arena` must outlive it.
std::unique_ptr<NestableSolver> make_solver(const TerrainGrid& grid, const FloodOptions& options,
                                            ComputeArena& arena);

/// The water of a flood: such a solver, or with insets one for each grid. The same holds of it, and
/// it throws ScenarioError as NestedWater does.
std::unique_ptr<ShallowWaterSolver> make_solver(const FloodGrids& grids,
                                                const FloodOptions& options, ComputeArena& arena);

}  // namespace kontwin::flood
