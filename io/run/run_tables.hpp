#pragma once

#include <vector>

#include "io/hdf5/file.hpp"
#include "twin/run_table.hpp"

// What a run file holds of the engines' lists: `/tables/<id>` (docs/formats.md).
namespace kontwin {

void write_tables(hdf5::File& file, const std::vector<RunTable>& tables);

/// By id. Throws FileError where the file is damaged; empty where it has none.
std::vector<RunTable> read_tables(const hdf5::File& file);

}  // namespace kontwin
