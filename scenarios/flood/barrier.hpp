#pragma once

#include <span>

#include "scenarios/flood/shallow_water_solver.hpp"
#include "twin/edit.hpp"

namespace kontwin::flood {

/// Builds a barrier on every face between two cells whose centres its line separates, so that no
/// water finds a diagonal gap; each up to `height_m` over the higher ground of the two. Throws
/// ScenarioError for fewer than two points, a height that is not above 0, or a line that separates
/// no cells of the grid.
void build_barrier(const AddBarrier& barrier, ShallowWaterSolver& solver);

/// The same along a line, on all grids of the water; how many walls that made: none is no mistake.
std::size_t raise_along(std::span<const LocalPoint> line, double height_m,
                        ShallowWaterSolver& solver);

}  // namespace kontwin::flood
