#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/evacuation/plan/planned_evacuation.hpp"
#include "scenarios/traffic/network/vehicle_kind.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin::evacuation {

/// The people of a place by how they leave.
struct ZonePeople {
  EntityRef home;              ///< residence, lodging or tourist site
  std::uint32_t junction = 0;  ///< no_row: no road leads there
  double ready_s = 0;          ///< ordered to leave, after the first order
  std::uint32_t driving = 0;   ///< people in vehicles of their own
  std::uint64_t units = 0;     ///< of capacity their vehicles take, hundredths of a car
  std::uint32_t on_foot = 0;   ///< without a vehicle
  std::uint32_t fetched = 0;   ///< who need help, and those with them
  std::uint32_t staying = 0;   ///< who do not leave, by the share that complies
};

/// A shelter with what room it has left.
struct OpenShelter {
  std::uint32_t shelter = 0;
  std::uint32_t junction = 0;
  std::uint32_t room = 0;
  std::uint32_t planned_room = 0;  ///< without the reserve
};

/// What a plan is made of, checked.
struct PlanInputs {
  std::vector<ZonePeople> zones;
  std::vector<OpenShelter> shelters;
  double slowest_mps = 0, fastest_mps = 0;  ///< top speeds of the vehicles that leave
  traffic::VehicleKinds kinds = 0;          ///< of them
  /// From the order until the share of households that PlanOptions names has heard of it and is
  /// ready to leave, and the safety time after that.
  double spare_s = 0;
  /// The most units that so many people can bring: those who come alone in a car first.
  std::uint64_t most_units(std::uint64_t people) const;
  /// The least: those who share a vehicle best first. All of them: exactly what they take.
  std::uint64_t least_units(std::uint64_t people) const;
  /// What was measured in vehicles an hour, in units a second, as of those who leave. [road]
  std::vector<double> measured_ps(std::span<const double> vehicles_ph) const;
  /// Units that one person takes at least; 1 where nobody drives.
  double least_units_each() const;
  /// The people of a zone that no road leads away from go without their vehicles.
  void leave_vehicles(std::uint32_t zone);

  struct OwnVehicle {
    std::uint32_t people, units, zone;
  };
  /// All that leave, the most units a person first.
  std::vector<OwnVehicle> vehicles;
};

/// Reads and checks what make_plan is given; see there for what is thrown.
PlanInputs plan_inputs(const World& world, const StateTable& state,
                       std::span<const OrderedHome> homes, std::span<const std::uint32_t> shelters,
                       const PlanOptions& options);

}  // namespace kontwin::evacuation
