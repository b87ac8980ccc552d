#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/evacuation/people.hpp"
#include "scenarios/evacuation/plan/planned_evacuation.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin::evacuation {

/// How hospitals that are ordered to leave are emptied by ambulance.
struct WardPlan {
  /// Patients of one category who are brought from one hospital to another.
  struct Ward {
    std::uint32_t hospital = 0;
    Need need = Need::none;
    std::uint32_t patients = 0;
    std::uint32_t to = 0;     ///< hospital
    std::uint32_t trips = 0;  ///< of ambulances
    double ready_s = 0;       ///< the first of them, after the first order
    double done_s = 0;        ///< the last of them is there
  };
  std::vector<Ward> wards;       ///< by hospital, in the order in which they leave it
  std::uint32_t ambulances = 0;  ///< that do it
  std::uint32_t by_bus = 0;      ///< patients who walk: they take the bus to a shelter
  /// [hospital, patients] who cannot walk and for whom there is no bed, or no way to one.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> without_bed;
  double done_s = 0;
  /// What of it ambulances of a run are told.
  std::vector<EvacuationPlan::Ward> orders() const;
};

/// Brings patients who cannot walk to free beds of other hospitals, such that as many as can get
/// one and the sum of the ways is the least, those on stretchers counted twice and those in
/// intensive care three times; and shares the ambulances among them, trip by trip, as
/// plan_bus_rounds() does: the ward that is ready first, of those the longest way. Patients are
/// those of the engine with the same seed; they get ready one after the other, in the scenario's
/// order of wards. Without a number of ambulances there are as many as there are trips. The roads
/// are as in `state`, and close as the options say.
WardPlan plan_wards(const World& world, const StateTable& state,
                    std::span<const OrderedHome> hospitals, const PlanOptions& options);

}  // namespace kontwin::evacuation
