#pragma once

#include <filesystem>
#include <memory>

#include "twin/world.hpp"

namespace kontwin {

/// Writes a world to one HDF5 file (docs/formats.md). The file appears under its name whole or not
/// at all: it is written beside it, synced, and renamed. Throws FileError when it cannot be
/// written.
void save_world(const World& world, const std::filesystem::path& path);

/// Reads a world that save_world wrote, seals it, and checks that the hash of its content is the
/// one it was saved with. Throws FileError when the file is missing, truncated, not HDF5, not a
/// world, of another format version, or changed since.
std::shared_ptr<const World> load_world(const std::filesystem::path& path);

}  // namespace kontwin
