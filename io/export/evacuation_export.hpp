#pragma once

#include <filesystem>
#include <vector>

#include "io/run/run_file.hpp"

namespace kontwin {

/// Writes what a run knows of its evacuation as CSV files (UTF-8, RFC 4180; docs/evacuation.md
/// lists their columns) and returns their paths: `clearance.csv`, how many had left and were safe
/// every five minutes; `zones.csv`, a line a home; `arrivals.csv`, people by shelter and hour;
/// `shelters.csv`; `not-out.csv`, everyone who is not safe, and why; `stranded.csv`, who
/// got no further on the way, and when they were fetched; `water.csv`, who stood in
/// which water and where; `queues.csv`, the roads where vehicles stood in line. Throws FileError
/// where one cannot be written.
std::vector<std::filesystem::path> write_evacuation_files(const RunFile& run,
                                                          const std::filesystem::path& folder);

}  // namespace kontwin
