#pragma once

#include <optional>
#include <span>

#include "scenarios/flood/flood_grids.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"
#include "scenarios/water_field.hpp"

namespace kontwin::flood {

/// What WaterField promises, of a solver on these grids; `depth_m` [cell] is its water.
std::optional<WaterWindow> water_window(const FloodGrids& grids, const ShallowWaterSolver& solver,
                                        std::span<const float> depth_m, const LocalBox& box);

}  // namespace kontwin::flood
