#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/traffic/demand/od_matrix.hpp"

namespace kontwin {

/// Reads demand by hour from CSV with the columns `from`, `to` and `trips`, and `hour` (0 to 23)
/// where it is not all of one hour. Cells that the file does not name have no trips. `zones` names
/// the zones and their order; empty: those of the file, in the order in which they appear there.
/// Without a column `hour` all is of `hour`. Throws FileError with file, line and reason: a zone
/// that is not known, a cell named twice, trips below 0.
traffic::HourlyOd read_od_matrix(const std::filesystem::path& path,
                                 std::vector<std::string> zones = {}, std::uint32_t hour = 0);

}  // namespace kontwin
