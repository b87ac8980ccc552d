#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/scenarios/traffic/trips.hpp"

namespace kontwin::traffic::testing {

/// A measure that starts at a moment; for as long, or until it is ended.
inline MomentEdit begins(TrafficMeasure measure, double at_s = 0, double lasts_s = 0,
                         std::string id = "it") {
  return {to_micros(at_s), StartMeasure{std::move(id), std::move(measure), from_seconds(lasts_s)}};
}
inline MomentEdit ends(double at_s, std::string id = "it") {
  return {to_micros(at_s), EndMeasure{std::move(id)}};
}

/// Trips driven under edits.
class Driven {
 public:
  Driven(Trips& trips, std::vector<MomentEdit> edits, TripRunOptions options = {}) : trips_(trips) {
    options.edits = std::move(edits);
    run = std::make_unique<TripRun>(trips.network, trips.sorted(), arena_, options);
  }
  void to(double until_s) {
    while (run->now() < to_micros(until_s) && run->step()) {
    }
  }
  void to_the_end() { run->run(); }
  /// Each vehicle that started has arrived, is under way or is stranded; all that there are started
  /// or had no way.
  bool accounted() const {
    const Simulation& simulation = run->simulation();
    return simulation.entered() ==
               simulation.arrived() + simulation.stranded() + simulation.inside() &&
           simulation.entered() + simulation.not_made() == trips_.table.trips.size();
  }
  std::uint32_t on(const std::string& link) const {
    return run->simulation().queues().count(trips_.link(link));
  }
  /// Vehicles that left a link in the whole run.
  std::uint64_t exits(const std::string& link) const {
    std::uint64_t sum = 0;
    for (const auto& interval : run->measures()) sum += interval[trips_.link(link)].exits;
    return sum;
  }
  std::uint64_t arrived() const { return run->simulation().arrived(); }
  /// Mean time of the vehicles that arrived, from departure on, seconds.
  double mean_s() const {
    double sum = 0;
    double count = 0;
    for (const Journey& journey : run->journeys()) {
      if (journey.result != Journey::Result::arrived) continue;
      sum += seconds(journey.ended - journey.departed);
      ++count;
    }
    return sum / count;
  }

  std::unique_ptr<TripRun> run;

 private:
  Trips& trips_;
  ComputeArena arena_{1};
};

}  // namespace kontwin::traffic::testing
