#pragma once

#include <vector>

#include "scenarios/evacuation/crowd/way_cells.hpp"
#include "scenarios/evacuation/crowd/way_marcher.hpp"

namespace kontwin::crowd {

/// The cells around a goal that see it, by their straight distance to it. None when it is shut or
/// narrower than the body. Throws ScenarioError when there is no such goal.
std::vector<WaySeed> seeds_of(const WayCells& cells, const Goal& goal);

}  // namespace kontwin::crowd
