#pragma once

#include "io/hdf5/file.hpp"
#include "twin/evacuation_record.hpp"

// What a run file holds of an evacuation: `/evacuation/{parties,zones,refuges}` (docs/formats.md).
namespace kontwin {

/// Writes nothing where nobody was told to leave.
void write_evacuation(hdf5::File& file, const EvacuationRecord& record);

/// Throws FileError where the file is damaged; empty where it has none.
EvacuationRecord read_evacuation(const hdf5::File& file);

}  // namespace kontwin
