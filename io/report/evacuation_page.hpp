#pragma once

#include <span>

#include "io/report/evacuation_text.hpp"
#include "io/report/html_report.hpp"
#include "io/run/road_queues.hpp"

namespace kontwin {

/// Adds to a page what an emergency manager wants to know of an evacuation: a summary in a
/// sentence, clearance curve and times by home, who is not out and why, who needs help and has
/// none, arrivals by shelter and hour, who stood in which water and where, lines of vehicles,
/// margins to road cuts. `most` lines of a list; the rest is counted, and in the CSV files.
void add_evacuation(HtmlReport& report, const EvacuationRecord& record,
                    std::span<const RoadQueue> queues, const EvacuationPlaceOf& place_of,
                    std::size_t most = 25);

}  // namespace kontwin
