#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/evacuation/evacuation_options.hpp"
#include "scenarios/flood/flood_options.hpp"
#include "scenarios/slope/slope_options.hpp"
#include "scenarios/traffic/traffic_options.hpp"
#include "twin/branch.hpp"

namespace kontwin {

/// When an edit is made: at a moment, or this long after the branch's start.
using EditMoment = std::variant<Duration, Instant>;

/// An edit of a scenario file.
struct ScenarioEdit {
  EditMoment at;
  Edit edit;
  std::string origin;  ///< where it was written, `path:line`
};

/// What a scenario file says, with its names looked up in a world. See docs/scenarios.md.
struct Scenario {
  std::string name;
  std::string title_vi;
  std::string title_en;
  std::optional<Instant> start;  ///< nothing: the moment of the state it is forked from
  Duration lead_in{0};           ///< see Branch::lead_in
  Duration length{0};
  Duration window{std::chrono::seconds{60}};
  Duration frame_every{std::chrono::minutes{10}};
  std::uint64_t seed = 1;
  std::optional<FloodOptions> flood;  ///< an engine runs only where its table is there
  std::optional<SlopeOptions> slope;
  std::optional<TrafficOptions> traffic;
  std::optional<EvacuationOptions> evacuation;  ///< needs traffic
  Forcing forcing;
  std::vector<World::NewRoad> new_roads;
  std::vector<ScenarioEdit> edits;
};

/// Forks a branch: the scenario's edits and forcing over a copy of `state`, which was true at
/// `now`. Where the scenario adds roads, the branch gets a world of its own with them.
Branch make_branch(const Scenario& scenario, std::shared_ptr<const World> world, StateTable state,
                   Instant now);

}  // namespace kontwin
