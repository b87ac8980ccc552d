#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "scenarios/file/edit_reader.hpp"

namespace kontwin {

/// Tries every measure by itself on an empty network, so that one which the network does not allow
/// (more lanes than there are, a turn without green, one-way where it is) is refused before a run
/// and not in the midst of it. Throws FileError with the measure's line. `world`: whose rows the
/// edits name; null where they are those of the network.
void check_measures(const std::filesystem::path& path, std::span<const PlacedEdit> edits,
                    const std::shared_ptr<const traffic::Network>& network, const World* world);

}  // namespace kontwin
