#pragma once

#include <filesystem>
#include <vector>

#include "scenarios/evacuation/crowd/run_scenario.hpp"

namespace kontwin::crowd {

/// Writes what came of the runs of a scenario into a folder that exists. Throws FileError.
/// `clearance.csv`: out, left, caught and stuck by run and second. `people.csv`: everybody, with
/// why who did not get out did not. `gaps.csv`: exits and openings, their flows and queues.
/// `density.csv`: each square metre of the first run with its level of service. `lines.csv` and
/// `measures.csv`: what was asked to be measured.
void write_crowd_tables(const std::filesystem::path& folder, const CrowdScenario& scenario,
                        const std::vector<CrowdOutcome>& outcomes);

/// Where everybody was in each frame of a run: rows of id, frame, x, y, z (metres, coordinates of
/// the place), as JuPedSim and PedPy have them.
struct Trajectories {
  double frames_per_s = 0;
  std::vector<std::uint32_t> id, frame;
  std::vector<double> x_m, y_m, z_m;
  std::uint32_t frames = 0;

  /// Adds a frame of those who are still in the place.
  void add(const CrowdSimulation& simulation);
};

/// Writes `trajectories.csv` and `trajectories.h5` (a group `trajectory` with a column each and the
/// attribute `frames_per_s`, read by h5py).
void write_trajectories(const std::filesystem::path& folder, const Trajectories& trajectories);

}  // namespace kontwin::crowd
