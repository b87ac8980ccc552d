#pragma once

#include "scenarios/evacuation/plan/bus_rounds.hpp"
#include "scenarios/evacuation/plan/landings.hpp"
#include "scenarios/evacuation/plan/least_time.hpp"

namespace kontwin::evacuation {

/// Puts together what was found out, in the world's words.
class PlanAssembly {
 public:
  PlanAssembly(const PlanInputs& inputs, const RoadPlanNetwork& roads, const PlanTimes& times,
               const PlanOptions& options);

  void add_routes(const RoutedPlan& routed);
  void add_bound(const LeastTime& least);
  void add_those_without_vehicle(const ShelterAllocation& allocation);
  /// Of those who have no place yet, by boat.
  void add_boats(const ShelterAllocation& allocation, const Landings& landings);
  void add_left_behind();
  void add_last_departures();
  /// Shelters, waves and arrivals, of all that was added.
  PlannedEvacuation finish();

 private:
  void send(std::uint32_t zone, std::uint32_t shelter, std::uint32_t people, double depart_s,
            double done_s, std::vector<std::uint32_t> route);
  /// Until when those who drive may set out and still be in time, with the safety time; never
  /// before the plan has them leave.
  double depart_until_s(std::uint32_t zone, std::uint32_t shelter, double depart_s);
  /// People of a zone who wait to be fetched by the same way.
  struct Waits {
    std::uint32_t zone = 0, shelter = 0;
    BusDemand demand;
    double onward_s = 0;  ///< from where they are brought to the shelter
  };
  void send_fleet(Mover::Kind kind, const BusFleet& fleet, std::span<const Waits> waiting);
  void leave(std::uint32_t zone, std::uint32_t people, PlannedEvacuation::Reason reason);

  const PlanInputs& inputs_;
  const RoadPlanNetwork& roads_;
  const PlanTimes& times_;
  const PlanOptions& options_;
  PlannedEvacuation made_;
  std::vector<std::vector<double>> last_s_to_;  // [shelter of the inputs][node]; empty: not asked
  std::vector<std::uint32_t> driving_;          // [zone] who have a route
  std::vector<double> last_s_;                  // [zone] the last departure by road
  std::vector<std::uint32_t> sent_;             // [shelter of the inputs] people
  std::vector<double> sent_last_s_;             // [shelter of the inputs]
  std::vector<std::uint8_t> binds_;             // [shelter of the inputs]
  std::vector<std::uint32_t> without_way_;      // [zone] people who could drive and have no route
  std::vector<std::uint32_t> waiting_;          // [zone] others who have no place
};

}  // namespace kontwin::evacuation
