#pragma once

#include <functional>
#include <vector>

#include "scenarios/evacuation/crowd/crowd_scenario.hpp"
#include "scenarios/evacuation/crowd/crowd_simulation.hpp"
#include "scenarios/evacuation/crowd/density_map.hpp"
#include "scenarios/evacuation/crowd/queues.hpp"

namespace kontwin::crowd {

/// What came of one run.
struct CrowdOutcome {
  std::uint64_t seed = 0;
  double ended_s = 0;  ///< when the last had left, or the run was stopped
  std::vector<Person> people;
  std::vector<std::uint32_t> group;  ///< [person] index of the group of the scenario
  std::vector<PersonState> states;   ///< [person] at the end
  std::vector<std::string> why;      ///< [person] why it did not get out; empty for those who did
  CrowdCount count;
  std::vector<LineRecord> lines;
  std::vector<AreaRecord> areas;
  std::vector<QueueRecord> queues;  ///< exits, then openings
  DensityMap density;
};

/// One moment of a run: for pictures and trajectories.
using CrowdFrame = std::function<void(double time_s, const CrowdSimulation&)>;

/// Runs a scenario with one seed. `frame` is called every `frames_every_s`, at the start and at the
/// end. Throws ScenarioError.
CrowdOutcome run_crowd(const CrowdScenario& scenario, std::uint64_t seed, ComputeArena& arena,
                       const CrowdFrame& frame = {});

/// The time at which a share of all heads was out, s; never_s when that many did not get out.
double time_of_share_s(const CrowdOutcome& outcome, double share);

/// Mean and half the width of the 95 % interval of the mean (Student's t) of values; not finite
/// ones are left out.
struct MeanInterval {
  double mean = 0, half_width = 0;
  std::size_t count = 0;
};
MeanInterval mean_interval(const std::vector<double>& values);

}  // namespace kontwin::crowd
