#pragma once

#include <functional>
#include <string>

#include "twin/evacuation_record.hpp"

namespace kontwin {

/// What people call a place, and the commune it lies in (empty: not known).
struct EvacuationPlace {
  std::string name, commune;
};
using EvacuationPlaceOf = std::function<EvacuationPlace(EntityRef)>;

/// What an emergency manager wants to know of an evacuation, in Vietnamese and English, for a
/// terminal: the clearance times of all and of each commune, what became of everyone, who did not
/// get out and why, the shelters, and who stood in dangerous water. `most` lines of each list; the
/// rest is counted. A sentence where nobody was to leave.
std::string evacuation_report(const EvacuationRecord& record, const EvacuationPlaceOf& place_of,
                              std::size_t most = 15);

}  // namespace kontwin
