#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include "tests/scenarios/evacuation/evacuation_run.hpp"

namespace kontwin::testing {

/// Everybody leaves soon, with a vehicle.
inline EvacuationOptions prompt() {
  EvacuationOptions options;
  options.departure_median_min = 5;
  options.compliance = 1;
  options.no_vehicle_share = 0;
  options.wheelchair_share = 0;
  return options;
}

/// Everybody leaves at once, with a vehicle, and no door holds them up.
inline EvacuationOptions at_once() {
  EvacuationOptions options = prompt();
  options.departure_median_min = 0;
  options.visitor_departure_median_min = 0;
  options.departure_sigma = 0;
  options.door_width_m_per_100_places = 1000;
  return options;
}

inline EvacuationOptions with_plan(EvacuationPlan plan, EvacuationOptions options = prompt()) {
  options.plan = std::make_shared<const EvacuationPlan>(std::move(plan));
  return options;
}

inline std::map<std::uint32_t, std::uint64_t> people_by_shelter(const EvacuationRecord& record) {
  std::map<std::uint32_t, std::uint64_t> people;
  for (const EvacuationParty& party : record.parties) {
    if (party.fate == EvacueeFate::safe) people[party.refuge.row] += party.people;
  }
  return people;
}

}  // namespace kontwin::testing
