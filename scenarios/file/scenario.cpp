#include "scenarios/file/scenario.hpp"

#include <algorithm>

namespace kontwin {

namespace {

/// `state` with the rows that `world` has more of at their resting values.
StateTable grown(const StateTable& state, const World& world) {
  StateTable result(world);
  for (const Kind kind : all_kinds()) {
    for (std::size_t column = 0; column < schema_of(kind).columns.size(); ++column) {
      std::ranges::copy(state.column(kind, column), result.column(kind, column).begin());
    }
  }
  return result;
}

}  // namespace

Branch make_branch(const Scenario& scenario, std::shared_ptr<const World> world, StateTable state,
                   Instant now) {
  Branch branch;
  branch.name = scenario.name;
  branch.title_vi = scenario.title_vi;
  branch.title_en = scenario.title_en;
  branch.start = scenario.start.value_or(now);
  branch.lead_in = scenario.lead_in;
  branch.length = scenario.length;
  branch.window = scenario.window;
  branch.frame_every = scenario.frame_every;
  branch.seed = scenario.seed;
  branch.forcing = scenario.forcing;
  if (scenario.new_roads.empty()) {
    branch.world = std::move(world);
    branch.state = std::move(state);
  } else {
    branch.world = world->with_roads(scenario.new_roads);
    branch.state = grown(state, *branch.world);
  }
  for (const auto& [moment, edit, origin] : scenario.edits) {
    const Instant at = std::holds_alternative<Instant>(moment)
                           ? std::get<Instant>(moment)
                           : branch.start + std::get<Duration>(moment);
    branch.edits.push_back({at, edit, origin});
  }
  std::ranges::stable_sort(branch.edits, {}, &TimedEdit::at);
  return branch;
}

}  // namespace kontwin
