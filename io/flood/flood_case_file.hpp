#pragma once

#include <filesystem>

#include "io/flood/flood_case.hpp"

namespace kontwin::flood {

/// Reads a flood case (`*.flood.toml`, docs/flood-cases.md) with all the files it names, or one of
/// LISFLOOD-FP (`*.par`, io/flood/lisflood.hpp) or SFINCS (`*.inp`, io/flood/sfincs.hpp). Throws
/// FileError with file, line or place, and reason.
FloodCase read_flood_case(const std::filesystem::path& path);

}  // namespace kontwin::flood
