#pragma once

#include <filesystem>
#include <functional>

#include "io/hdf5/file.hpp"

namespace kontwin::hdf5 {

/// Makes a file at `path` of what `write` puts into it. It is written beside its place and moved
/// there when it is whole, so that a reader never sees half of it and what was there before stays
/// when anything fails. Throws FileError, and what `write` throws.
void place_file(const std::filesystem::path& path, const std::function<void(File&)>& write);

}  // namespace kontwin::hdf5
