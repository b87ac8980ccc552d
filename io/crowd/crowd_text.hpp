#pragma once

#include <string>
#include <vector>

#include "scenarios/evacuation/crowd/run_scenario.hpp"

namespace kontwin::crowd {

/// What an emergency manager asks of the runs of a scenario, in Vietnamese and English: how long it
/// takes until 50, 90, 95 and 100 % are out, all together and of each zone (group of people); each
/// exit's people and flow; the longest queues; who did not get out, and why. Of several runs the
/// mean and the 95 % interval of the mean.
std::string crowd_text(const CrowdScenario& scenario, const std::vector<CrowdOutcome>& outcomes);

}  // namespace kontwin::crowd
