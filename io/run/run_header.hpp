#pragma once

#include <vector>

#include "io/hdf5/file.hpp"
#include "io/run/run_file.hpp"

namespace kontwin {

/// What a run file says of itself. Throws IoError when it is no run, or of a format version that
/// this program does not read.
RunHeader read_run_header(const hdf5::File& file);

/// The fields recorded in each frame, by grid. Throws IoError for one that is not a grid each
/// frame.
std::vector<RecordedField> read_field_list(const hdf5::File& file);

}  // namespace kontwin
