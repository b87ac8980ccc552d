#include "actors/exchange.hpp"

#include <algorithm>

#include "twin/error.hpp"
#include "twin/place_error.hpp"

namespace kontwin {

namespace {

/// Cascades seen so far end after three or four rounds; one that goes on is a mistake in a rule.
constexpr int max_rounds = 32;

struct Targets {
  std::vector<EntityRef> operator()(const SetRoadOpen& it) const { return {{Kind::road, it.road}}; }
  std::vector<EntityRef> operator()(const SetRoadCapacity& it) const {
    return {{Kind::road, it.road}};
  }
  std::vector<EntityRef> operator()(const SetSpeedLimit& it) const {
    return {{Kind::road, it.road}};
  }
  std::vector<EntityRef> operator()(const SetDebris& it) const { return {{Kind::road, it.road}}; }
  std::vector<EntityRef> operator()(const SetRelease& it) const {
    return {{Kind::reservoir, it.reservoir}};
  }
  std::vector<EntityRef> operator()(const AddBarrier&) const { return {}; }
  std::vector<EntityRef> operator()(const SetGate& it) const {
    return {{Kind::reservoir, it.reservoir}};
  }
  std::vector<EntityRef> operator()(const SetStructure&) const { return {}; }
  std::vector<EntityRef> operator()(const RaiseRoad& it) const { return {{Kind::road, it.road}}; }
  std::vector<EntityRef> operator()(const StartBreach& it) const {
    if (it.reservoir == no_row) return {};
    return {{Kind::reservoir, it.reservoir}};
  }
  std::vector<EntityRef> operator()(const SetShelterOpen& it) const {
    return {{Kind::shelter, it.shelter}};
  }
  std::vector<EntityRef> operator()(const SetSignalPlan& it) const {
    return {{Kind::signal, it.signal}};
  }
  std::vector<EntityRef> operator()(const SetDemand&) const { return {}; }
  std::vector<EntityRef> operator()(const OrderEvacuation& it) const {
    std::vector<EntityRef> homes;
    for (const std::uint32_t row : it.residences) homes.push_back({Kind::residence, row});
    homes.insert(homes.end(), it.places.begin(), it.places.end());
    return homes;
  }
  std::vector<EntityRef> operator()(const SetDiverting& it) const {
    return {{Kind::hospital, it.hospital}};
  }
  std::vector<EntityRef> operator()(const StartMeasure& it) const {
    return entities_of(it.measure);
  }
  std::vector<EntityRef> operator()(const EndMeasure&) const { return {}; }
  std::vector<EntityRef> operator()(const Earthquake&) const { return {}; }
};

}  // namespace

std::vector<EntityRef> targets_of(const Edit& edit) { return std::visit(Targets{}, edit); }

Exchange::Exchange(caf::actor_system& system, const World& world,
                   std::span<const std::unique_ptr<Engine>> engines, const StateTable& start)
    : world_(world),
      engines_(engines),
      crew_(system, world),
      scan_(world, start),
      reach_(world),
      neighbours_(world) {
  wakes_.reserve(1024);
}

std::span<const Event> Exchange::settle(StateTable& state, Instant now,
                                        std::span<const DueEdit> due) {
  events_.clear();
  made_.clear();
  make_due(due, state, now);
  for (int round = 0; round < max_rounds; ++round) {
    look(state);
    if (wakes_.empty()) {
      std::ranges::stable_sort(events_,
                               [](const Event& a, const Event& b) { return before(a, b); });
      return events_;
    }
    decide(state, now);
    make_commands(state, now);
  }
  throw Error("the entities come to no end at " + format_instant(now) + ", first " +
              world_.urn(wakes_.front().entity));
}

void Exchange::make(const Edit& edit, StateTable& state, Instant now) {
  apply_to_state(edit, state);
  for (const auto& engine : engines_) engine->apply(edit, state, now);
}

void Exchange::make_due(std::span<const DueEdit> due, StateTable& state, Instant now) {
  for (std::size_t order = 0; order < due.size(); ++order) {
    const auto& [timed, index] = due[order];
    const Edit* const edit = &timed->edit;
    try {
      make(*edit, state, now);
    } catch (const PlaceError& error) {
      refuse_edit(*timed, on_earth(error, world_).what());
    } catch (const ScenarioError& error) {
      refuse_edit(*timed, error.what());
    }
    const auto targets = targets_of(*edit);
    for (const EntityRef target : targets) wakes_.push_back({target, Edited{edit, order}});
    if (!targets.empty()) {
      events_.push_back(
          {now, targets.front(), EventType::edit_applied, double(index), Severity::notice});
    }
  }
}

void Exchange::look(StateTable& state) {
  scan_.scan(Kind::road, state, wakes_);
  work_out_reach(state);
  for (const Kind kind : all_kinds()) {
    if (kind != Kind::road) scan_.scan(kind, state, wakes_);
  }
  std::ranges::stable_sort(wakes_, [](const Wake& a, const Wake& b) { return before(a, b); });
}

void Exchange::work_out_reach(StateTable& state) {
  if (!reach_.set_usable_from(state) && reach_known_) return;
  reach_known_ = true;
  const auto& cut_off = reach_.work_out();
  for (std::size_t i = 0; i < cut_off.size(); ++i) {
    const Reach::Place& place = reach_.places()[i];
    state.at(place.entity, place.column) = cut_off[i];
  }
}

void Exchange::decide(StateTable& state, Instant now) {
  auto decisions = crew_.decide(state, now, std::exchange(wakes_, {}));
  for (EntityDecision& decision : decisions) {
    for (const LiveState::Cell& cell : decision.cells) {
      state.at(decision.entity, cell.column) = cell.value;
    }
    for (Edit& edit : decision.commands) pending_.push_back({decision.entity, std::move(edit)});
    for (const EntityRef listener : neighbours_.listeners_of(decision.entity)) {
      for (const Event& event : decision.events) wakes_.push_back({listener, event});
    }
    events_.insert(events_.end(), decision.events.begin(), decision.events.end());
  }
}

void Exchange::make_commands(StateTable& state, Instant now) {
  std::ranges::stable_sort(pending_, [](const Command& a, const Command& b) {
    return a.by != b.by ? a.by < b.by : a.edit.index() < b.edit.index();
  });
  made_ = std::exchange(pending_, {});
  commands_ += made_.size();
  for (std::size_t order = 0; order < made_.size(); ++order) {
    const Command& command = made_[order];
    make(command.edit, state, now);
    for (const EntityRef target : targets_of(command.edit)) {
      if (target != command.by) wakes_.push_back({target, Edited{&command.edit, order}});
    }
  }
}

}  // namespace kontwin
