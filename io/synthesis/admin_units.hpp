#pragma once

#include <vector>

#include "io/synthesis/asset_folder.hpp"

namespace kontwin {

/// Reads admin_units.csv (code, name, level, parent, successor, first_day, last_day, lat, lon,
/// population): the administrative units with the days, in Vietnam's time, over which they were in
/// force, both included; an empty day is open. Throws FileError when it is missing or bad: an
/// unknown level, a day that is none, a parent or successor that is not in the table, one code
/// twice at once.
std::vector<AdminUnit> read_admin_units(const AssetFolder& folder, const LocalFrame& frame);

}  // namespace kontwin
