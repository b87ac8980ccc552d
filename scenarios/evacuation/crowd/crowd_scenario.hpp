#pragma once

#include <string>
#include <vector>

#include "scenarios/evacuation/crowd/crowd_measures.hpp"
#include "scenarios/evacuation/crowd/crowd_options.hpp"
#include "scenarios/evacuation/crowd/people_groups.hpp"

namespace kontwin::crowd {

/// Still water that rises or falls over the ground.
struct WaterRise {
  std::vector<std::pair<double, double>> level_m;  ///< (time s, height above datum m), times rising
  double speed_mps = 0;                            ///< of its flow
  double at(double time_s) const;                  ///< level, m; straight between, held at the ends
};

/// A place, the people in it and what happens while they leave: all that a run needs but a seed.
struct CrowdScenario {
  std::string name;
  Building building;
  double cell_m = 0.25;
  std::vector<PeopleGroup> groups;
  CrowdOptions options;
  std::vector<WaterRise> water;
  std::vector<MeasureLine> lines;
  std::vector<MeasureArea> areas;
  double end_s = 3600;  ///< nobody is followed longer
  std::uint64_t first_seed = 1;
  std::uint32_t seeds = 1;
  double frames_every_s = 0;  ///< of trajectories; 0: none
};

}  // namespace kontwin::crowd
