#include "scenarios/traffic/control/traffic_control.hpp"

#include <algorithm>
#include <chrono>

#include "twin/error.hpp"

namespace kontwin::traffic {

TrafficControl::TrafficControl(const Network& network, LinkState& links)
    : network_(&network), links_(&links), layers_(network) {}

TrafficControl::TrafficControl(const TrafficControl& other, LinkState& links)
    : network_(other.network_),
      links_(&links),
      layers_(other.layers_),
      inputs_(other.inputs_),
      exits_(other.exits_),
      cars_(other.cars_),
      seen_(other.seen_) {
  for (const InForce& one : other.measures_) {
    measures_.push_back(
        {one.id, one.owner, one.control->clone(), one.ends, one.next_look, one.ending});
  }
}

void TrafficControl::start(const StartMeasure& edit, Simulation& simulation) {
  check(edit.measure);
  const bool taken = std::ranges::any_of(
      measures_, [&](const InForce& one) { return one.id == edit.id && !one.ending; });
  if (taken) throw ScenarioError("measure " + edit.id + " is in force already");
  InForce one;
  one.id = edit.id;
  one.owner = layers_.new_owner();
  one.control = std::visit([](const auto& measure) { return make_control(measure); }, edit.measure);
  if (edit.lasts.count() > 0) {
    one.ends = simulation.now() +
               std::chrono::duration_cast<std::chrono::microseconds>(edit.lasts).count();
  }
  one.next_look = simulation.now();
  if (one.control->counts() && exits_.empty()) {
    exits_.assign(network_->lanes(), 0);
    cars_.assign(network_->lanes(), 0);
    const auto counts = simulation.queues().counts();
    seen_.assign(counts.begin(), counts.end());
  }
  Scene here = scene(simulation, one.owner);
  try {
    one.control->begin(here);
  } catch (const ScenarioError& error) {
    layers_.clear(one.owner);
    throw ScenarioError("measure " + edit.id + ": " + error.what());
  }
  measures_.push_back(std::move(one));
}

void TrafficControl::end(std::string_view id, Simulation& simulation) {
  const auto found = std::ranges::find_if(
      measures_, [id](const InForce& one) { return one.id == id && !one.ending; });
  if (found == measures_.end()) {
    throw ScenarioError("measure " + std::string(id) + " is not in force: there is nothing to end");
  }
  finish(*found, simulation);
  std::erase_if(measures_, [](const InForce& one) { return one.control == nullptr; });
}

bool TrafficControl::apply(const Edit& edit, Simulation& simulation) {
  if (const auto* begins = std::get_if<StartMeasure>(&edit)) {
    start(*begins, simulation);
  } else if (const auto* ends = std::get_if<EndMeasure>(&edit)) {
    end(ends->id, simulation);
  } else if (const auto* opening = std::get_if<SetRoadOpen>(&edit)) {
    set_input(opening->road, &LinkInputs::open, opening->open ? 1 : 0);
  } else if (const auto* share = std::get_if<SetRoadCapacity>(&edit)) {
    set_input(share->road, &LinkInputs::capacity_factor, share->factor);
  } else if (const auto* limit = std::get_if<SetSpeedLimit>(&edit)) {
    set_input(limit->road, &LinkInputs::limit_mps, limit->speed_mps);
  } else if (const auto* debris = std::get_if<SetDebris>(&edit)) {
    set_input(debris->road, &LinkInputs::debris, debris->blocked ? 1 : 0);
  } else {
    return false;
  }
  return true;
}

void TrafficControl::set_input(std::uint32_t link, double LinkInputs::*field, double value) {
  if (link >= network_->links()) throw ScenarioError("an edit names a link that is not there");
  if (inputs_.empty()) {
    for (std::uint32_t one = 0; one < network_->links(); ++one) {
      inputs_.push_back(usual_inputs(*network_, one));
    }
  }
  inputs_[link].*field = value;
  layers_.set_base(link, inputs_[link]);
}

void TrafficControl::finish(InForce& one, Simulation& simulation) {
  Scene here = scene(simulation, one.owner);
  one.ending = true;
  one.ends = never;
  one.next_look = one.control->end(here);
  if (one.next_look == never) one.control = nullptr;
}

void TrafficControl::settle(Simulation& simulation) {
  for (InForce& one : measures_) {
    const bool over = one.ends <= simulation.now();
    if (over || (one.ending && one.next_look <= simulation.now())) finish(one, simulation);
  }
  std::erase_if(measures_, [](const InForce& one) { return one.control == nullptr; });
  hand_over(simulation);
}

void TrafficControl::hand_over(Simulation& simulation) {
  const LinkChanges& changes = layers_.refresh(*links_);
  if (changes.altered.empty()) return;
  simulation.take_over(changes.altered, changes.shut, changes.newly_blocked, changes.kinds);
}

void TrafficControl::count(const Simulation& simulation) {
  if (exits_.empty()) return;
  const auto counts = simulation.queues().counts();
  for (std::size_t lane = 0; lane < exits_.size(); ++lane) {
    exits_[lane] += counts[lane].exits - seen_[lane].exits;
    cars_[lane] += counts[lane].cars - seen_[lane].cars;
    seen_[lane] = counts[lane];
  }
}

void TrafficControl::run(Simulation& simulation, Micros until) {
  // Whoever measures may have cleared the counts since the last run.
  for (std::size_t lane = 0; lane < seen_.size(); ++lane) {
    seen_[lane] = simulation.queues().counts()[lane];
  }
  while (simulation.now() < until) {
    settle(simulation);
    Micros next = until;
    for (InForce& one : measures_) {
      if (!one.ending && one.next_look <= simulation.now()) {
        Scene here = scene(simulation, one.owner);
        one.next_look = one.control->look(here);
      }
      if (one.next_look > simulation.now()) next = std::min(next, one.next_look);
      next = std::min(next, one.ends);
    }
    hand_over(simulation);
    simulation.run(std::max(next, simulation.now() + 1));
    count(simulation);
  }
}

}  // namespace kontwin::traffic
