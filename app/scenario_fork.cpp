#include "app/scenario_fork.hpp"

#include <algorithm>

#include "app/asset_paths.hpp"
#include "io/live/recorded.hpp"
#include "io/live/replay.hpp"
#include "scenarios/observed_forcing.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// As asked for, else the scenario's start, else the end of what was recorded.
Instant fork_moment(const std::string& asked, const Scenario& scenario,
                    const std::vector<Observation>& observations) {
  if (!asked.empty()) {
    const auto at = parse_instant(asked);
    if (!at) throw Error("--at: '" + asked + "' is not a moment such as 2025-11-18T03:00:00+07:00");
    return *at;
  }
  if (scenario.start) return *scenario.start;
  if (observations.empty()) throw Error("there are no observations to fork from: give --at");
  return observations.back().observed_at;
}

}  // namespace

Branch ScenarioFork::branch(Scenario& scenario) const {
  scenario.start = at;
  Branch made = make_branch(scenario, world, state, at);
  add_observed(made, history);
  return made;
}

ScenarioFork fork_scenario(const CommonOptions& common, std::shared_ptr<const World> world,
                           const Scenario& scenario, const std::filesystem::path& replay,
                           const std::string& at) {
  std::vector<Observation> observations;
  if (!replay.empty()) {
    observations = read_recorded(replay);
  } else if (common.world.empty()) {
    // A user's own world has no built-in recording: it forks from the world at rest.
    observations = read_recorded(find_assets() / "kontum/events/2025-11-flood/observations.csv");
  }
  ScenarioFork fork;
  fork.world = std::move(world);
  fork.at = fork_moment(at, scenario, observations);
  ManualClock clock(observations.empty() ? fork.at
                                         : std::min(fork.at, observations.front().observed_at));
  Mirror mirror(fork.world, clock, {.threads = common.threads});
  Replay recorded(std::move(observations), clock, mirror);
  recorded.play_until(fork.at);
  fork.state = mirror.snapshot();
  fork.history = mirror.history(Instant::min());
  return fork;
}

}  // namespace kontwin
