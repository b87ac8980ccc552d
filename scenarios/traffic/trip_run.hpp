#pragma once

#include <array>
#include <memory>
#include <vector>

#include "scenarios/traffic/control/traffic_control.hpp"
#include "scenarios/traffic/demand/trip_table.hpp"
#include "scenarios/traffic/en_route.hpp"
#include "scenarios/traffic/simulation.hpp"

namespace kontwin::traffic {

/// An edit with its moment since the start; its rows are those of the network.
struct MomentEdit {
  Micros at = 0;
  Edit edit;
};

/// How a table of trips is driven.
struct TripRunOptions {
  SimulationOptions simulation;
  Micros window = to_micros(60);          ///< departures, ways and measures are looked at as often
  Micros end = never;                     ///< stops here, else when all trips have ended
  Micros most = to_micros(86400);         ///< stops so long after the last departure at the latest
  Micros route_refresh = to_micros(900);  ///< trips without a route hear of travel times as often
  Micros interval = to_micros(900);       ///< of the measures by link; a multiple of the window
  EnRouteOptions en_route;                ///< who may change their way at a refresh
  bool details = false;                   ///< measures kinds of vehicles and queues as well
  bool by_turn = false;                   ///< measures waits by turn as well
  /// In order of time; of roads (open, capacity, speed limit, debris) and measures. Each is made at
  /// its moment.
  std::vector<MomentEdit> edits;
};

/// What was measured on a link in one interval.
struct LinkMeasure {
  std::uint32_t exits = 0;          ///< vehicles that left it
  std::uint32_t most_vehicles = 0;  ///< on it at once, looked at once a window
  double time_s = 0;                ///< that those who left spent on it
  double delay_s = 0;               ///< of that, waiting at its end
  double vehicle_s = 0;             ///< vehicles on it, summed over the windows' lengths
};

/// What else was measured on a link in one interval, where it is asked for.
struct LinkDetail {
  std::array<std::uint32_t, vehicle_kinds> exits{};  ///< by kind
  std::uint32_t longest_queue = 0;  ///< vehicles that stood at its end, looked at once a window
  double queue_s = 0;               ///< vehicles that stood, summed over the windows' lengths
};

/// What was measured of a turn in one interval, where it is asked for.
struct TurnMeasure {
  std::uint32_t exits = 0;
  float delay_s = 0;  ///< that they waited at the end of their link
};

/// Drives the trips of a table over a network, without a world around them.
class TripRun {
 public:
  /// The table and the arena must outlive the run. Throws ScenarioError where a route has a gap.
  TripRun(std::shared_ptr<const Network> network, const TripTable& trips, ComputeArena& arena,
          TripRunOptions options = {});
  /// A run that goes on from where another one stands: a branch.
  TripRun(const TripRun& other);
  TripRun& operator=(const TripRun&) = delete;

  /// Moves on by one window; false when there is nothing left to do.
  bool step();
  /// Moves on until nothing is left to do.
  void run() {
    while (step()) {
    }
  }

  Micros now() const { return simulation_.now(); }
  const Simulation& simulation() const { return simulation_; }
  Simulation& simulation() { return simulation_; }
  LinkState& links() { return links_; }
  const TrafficControl& control() const { return control_; }

  /// Every vehicle whose way ended so far, by moment.
  const std::vector<Journey>& journeys() const { return journeys_; }
  /// Every halt made or begun so far.
  const std::vector<HaltDone>& halts() const { return halts_; }
  const TripRunOptions& options() const { return options_; }
  /// [interval][link]; the last interval may be cut short by the end of the run.
  const std::vector<std::vector<LinkMeasure>>& measures() const { return measures_; }
  /// [interval][link]; empty unless the options ask for it.
  const std::vector<std::vector<LinkDetail>>& details() const { return details_; }
  /// [interval][turn]; empty unless the options ask for it.
  const std::vector<std::vector<TurnMeasure>>& turns() const { return turns_; }
  /// How often a driver changed the way en route.
  std::size_t changes_en_route() const { return changes_en_route_; }
  /// Time on the road of all vehicles so far, from when they wanted to depart, seconds.
  double vehicle_seconds() const { return vehicle_seconds_; }

 private:
  /// Makes the edits that are due; throws ScenarioError for one that cannot be made.
  void make_edits();
  void depart(Micros until);
  /// Ways of those who have no route; each vehicle's own, since few share a destination.
  void find_routes();
  void measure(Micros from);
  void measure_details(Micros from, std::size_t interval);
  void measure_turns(std::size_t interval);
  /// What one who comes to the end of a link now has to expect, from who stands there first.
  double wait_of_the_first_s(std::uint32_t link) const;

  const TripTable& table_;
  ComputeArena& arena_;
  TripRunOptions options_;
  LinkState links_;
  TrafficControl control_;
  Simulation simulation_;
  std::vector<std::optional<std::uint32_t>> routes_;  // [trip] its place in the guides
  std::size_t next_trip_ = 0;
  std::size_t next_edit_ = 0;
  Micros next_refresh_ = 0;
  std::vector<Departure> departures_;
  std::vector<Journey> journeys_;
  std::vector<HaltDone> halts_;
  std::vector<std::vector<LinkMeasure>> measures_;
  std::vector<std::vector<LinkDetail>> details_;
  std::vector<std::vector<TurnMeasure>> turns_;
  std::size_t changes_en_route_ = 0;
  std::vector<double> delay_s_;  // [link] at its end, in the last window
  double vehicle_seconds_ = 0;
};

}  // namespace kontwin::traffic
