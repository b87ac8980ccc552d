#pragma once

#include <hdf5.h>

#include "io/hdf5/commit_file.hpp"

namespace kontwin::hdf5 {

/// Makes files opened with this access property list live in `file`, which must outlive them. What
/// HDF5 flushes stays in memory until file.commit().
void use_commit_file(hid_t file_access, CommitFile& file);

}  // namespace kontwin::hdf5
