#pragma once

#include <span>
#include <string>
#include <vector>

#include "io/report/chart.hpp"
#include "io/run/run_file.hpp"
#include "twin/observation.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Charts of several runs together: people still at home in ordered blocks, on the way and in
/// shelters; flooded roads; vehicles on the road; and for each river gauge on the flooded grid its
/// stage beside what was observed, with the alarm levels.
std::vector<Chart> charts_of(std::span<const RunFile> runs, const World& world,
                             const std::vector<Observation>& observed);

}  // namespace kontwin
