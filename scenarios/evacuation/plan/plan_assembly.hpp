#pragma once

#include "scenarios/evacuation/plan/bus_rounds.hpp"
#include "scenarios/evacuation/plan/contraflow.hpp"

namespace kontwin::evacuation {

/// Puts together what was found out, in the world's words.
class PlanAssembly {
 public:
  PlanAssembly(const PlanInputs& inputs, const RoadPlanNetwork& roads, const PlanTimes& times,
               const PlanOptions& options);

  void add_routes(const RoutedPlan& routed);
  void add_those_without_vehicle(const ShelterAllocation& allocation);
  void add_left_behind(const ShelterAllocation& allocation);
  void add_last_departures();
  /// Shelters, waves and arrivals, of all that was added.
  PlannedEvacuation finish();

 private:
  void send(std::uint32_t zone, std::uint32_t shelter, std::uint32_t people, double depart_s,
            double done_s, std::vector<std::uint32_t> route);
  void send_buses();
  void leave(std::uint32_t zone, std::uint32_t people, PlannedEvacuation::Reason reason);

  const PlanInputs& inputs_;
  const RoadPlanNetwork& roads_;
  const PlanTimes& times_;
  const PlanOptions& options_;
  PlannedEvacuation made_;
  std::vector<std::uint32_t> driving_;  // [zone] who have a route
  std::vector<double> last_s_;          // [zone] the last departure by road
  std::vector<std::uint32_t> sent_;     // [shelter of the inputs] people
  std::vector<double> sent_last_s_;     // [shelter of the inputs]
  std::vector<std::uint8_t> binds_;     // [shelter of the inputs]
  struct Waits {
    std::uint32_t zone, shelter;
    BusDemand demand;
  };
  std::vector<Waits> waits_for_bus_;
};

}  // namespace kontwin::evacuation
