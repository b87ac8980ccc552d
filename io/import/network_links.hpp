#pragma once

#include "io/import/import_report.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Leads every entity whose `junction_row` (or, for traffic counters, `road_row`) is not known yet
/// to the nearest junction that can be driven to and from (the nearest link), within `reach_m`.
/// What lies farther off stays NaN and is told in `report`. Call it when all roads and entities are
/// there.
void link_to_network(WorldParts& parts, double reach_m = 2000, ImportReport* report = nullptr);

}  // namespace kontwin
