#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/traffic/control/control.hpp"
#include "scenarios/traffic/link_inputs.hpp"
#include "twin/edit.hpp"

namespace kontwin::traffic {

/// The measures in force on a simulation: starts and ends them, lets their controllers look at the
/// traffic while it runs, and keeps the links as they leave them. Without measures it costs
/// nothing.
class TrafficControl {
 public:
  /// `links`: what the simulation reads; kept up to date here, by layers over a base.
  TrafficControl(const Network& network, LinkState& links);
  /// A copy that goes on with other links.
  TrafficControl(const TrafficControl& other, LinkState& links);
  TrafficControl(const TrafficControl&) = delete;
  TrafficControl& operator=(const TrafficControl&) = delete;

  /// Throws ScenarioError where its numbers make no sense, the network does not allow it, or
  /// another measure of this name is in force. `lasts` 0: until it is ended.
  void start(const StartMeasure& edit, Simulation& simulation);
  /// Throws ScenarioError when no measure of this name is in force.
  void end(std::string_view id, Simulation& simulation);
  /// Makes an edit of a road (open, capacity, speed limit, debris) on a network that has no world
  /// around it, and starts and ends measures; false for any other edit.
  bool apply(const Edit& edit, Simulation& simulation);

  LinkLayers& layers() { return layers_; }
  /// Ends what is over, and hands changes of links to the simulation, now.
  void settle(Simulation& simulation);
  /// Moves the simulation on to `until`, exclusive, with the controllers.
  void run(Simulation& simulation, Micros until);

  std::size_t in_force() const { return measures_.size(); }

 private:
  struct InForce {
    std::string id;
    std::uint32_t owner = 0;
    std::unique_ptr<Control> control;
    Micros ends = never;       // when it is over by itself
    Micros next_look = never;  // `ending`: when it goes on giving back
    bool ending = false;
  };
  Scene scene(Simulation& simulation, std::uint32_t owner) {
    return {simulation, layers_, owner, exits_, cars_};
  }
  void set_input(std::uint32_t link, double LinkInputs::*field, double value);
  void finish(InForce& one, Simulation& simulation);
  void hand_over(Simulation& simulation);
  void count(const Simulation& simulation);

  const Network* network_;
  LinkState* links_;
  LinkLayers layers_;
  std::vector<InForce> measures_;     // in the order in which they began
  std::vector<LinkInputs> inputs_;    // [link] where edits are made without a world
  std::vector<std::uint64_t> exits_;  // [lane] where someone counts
  std::vector<std::uint64_t> cars_;
  std::vector<LaneQueues::Count> seen_;  // [lane] of the simulation's own counts
};

}  // namespace kontwin::traffic
