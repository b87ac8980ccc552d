#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "twin/evacuation_record.hpp"

namespace kontwin::evacuation {

/// A length of time and how many people it holds for.
struct Timed {
  double minutes = 0;
  std::uint64_t people = 0;
};

/// The least time within which `people` of them are done; NaN when so many are not. `times` rising.
double time_of(std::span<const Timed> times, double people);

/// How a group of people that was told to leave got on. Minutes count from when it was told; NaN:
/// so many did not get there.
struct Clearance {
  std::uint64_t told = 0;     ///< all of them
  std::uint64_t leaving = 0;  ///< but for those who stayed although they were warned
  std::uint64_t safe = 0;
  double half_min = 0, ninety_min = 0, ninety_five_min = 0, all_min = 0;
  double mean_min = 0;      ///< of those who are safe; NaN: nobody is
  double safe_p95_min = 0;  ///< of those who are safe; NaN: nobody is
};

/// Of the parties that `counts` names.
template <typename Counts>
Clearance clearance_of(std::span<const EvacuationParty> parties, const Counts& counts);
/// Of those who were ordered to leave.
Clearance clearance_of_ordered(std::span<const EvacuationParty> parties);

/// One step of the clearance curve: how many people were safe by a moment.
struct ClearanceStep {
  Instant at;
  std::uint64_t left = 0, safe = 0;
};
/// Every `step` from the first order on, until all who got there had; empty when nobody left.
std::vector<ClearanceStep> clearance_curve(std::span<const EvacuationParty> parties, Duration step);

/// People by fate.
std::map<EvacueeFate, std::uint64_t> people_by_fate(std::span<const EvacuationParty> parties);
/// People by the highest hazard class that they stood in before they were safe. [class 0 to 6]
std::vector<std::uint64_t> people_by_hazard(std::span<const EvacuationParty> parties);
/// People who need help and are not safe.
std::uint64_t needing_help_not_safe(std::span<const EvacuationParty> parties);

/// The time between the last departure from a zone by motorbike or car and the moment its last road
/// was cut, minutes, for every zone; NaN where no road was cut or nobody left so. Below 0: someone
/// still got through after that.
std::vector<double> margins_min(const EvacuationRecord& record);

/// The time from the first order until all who were ordered and leave are safe, over the lower
/// bound of the plan; NaN without a bound, or where some are not.
double gap_to_bound(const EvacuationRecord& record);

/// When anyone was first ordered to leave; `otherwise` where nobody was.
Instant first_order(const EvacuationRecord& record, Instant otherwise);

namespace detail {
Clearance clearance_from(std::vector<Timed> times, Clearance counted);
}

template <typename Counts>
Clearance clearance_of(std::span<const EvacuationParty> parties, const Counts& counts) {
  Clearance clearance;
  std::vector<Timed> times;
  for (const EvacuationParty& party : parties) {
    if (!counts(party)) continue;
    clearance.told += party.people;
    if (party.fate == EvacueeFate::stayed) continue;
    clearance.leaving += party.people;
    if (party.fate != EvacueeFate::safe || !party.told || !party.safe_at) continue;
    clearance.safe += party.people;
    times.push_back({to_seconds(*party.safe_at - *party.told) / 60, party.people});
  }
  return detail::clearance_from(std::move(times), clearance);
}

}  // namespace kontwin::evacuation
