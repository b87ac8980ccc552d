#pragma once

#include <span>
#include <string>
#include <vector>

#include "io/report/chart.hpp"
#include "io/run/run_file.hpp"
#include "twin/observation.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Charts of several runs together, curves named by column_mark(): for each river gauge on the
/// flooded grid its stage beside what was observed, with the alarm levels; people at home in deep
/// water, in shelters and on the way; flooded roads; vehicles on the road.
std::vector<Chart> charts_of(std::span<const RunFile> runs, const World& world,
                             const std::vector<Observation>& observed);

}  // namespace kontwin
