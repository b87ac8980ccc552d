#pragma once

#include <vector>

#include "io/hdf5/file.hpp"
#include "io/run/run_file.hpp"
#include "twin/frame.hpp"

// What a run file holds of the run as a whole: `/maps/<grid>/<name>`, `/impacts` and `/tables`
// (docs/formats.md).
namespace kontwin {

void write_summary(hdf5::File& file, const RunSummary& summary);

// Each throws FileError where the file is damaged; empty where it has none.
std::vector<RecordedField> read_map_list(const hdf5::File& file);
RunMap read_map(const hdf5::File& file, const RecordedField& map);
std::vector<ImpactSpell> read_impacts(const hdf5::File& file);

}  // namespace kontwin
