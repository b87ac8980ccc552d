#pragma once

#include <filesystem>
#include <memory>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// Saves a network as an HDF5 file, to be loaded much faster than what it was imported from: its
/// columns as they stand (`format` = `kontwin-traffic-network`; docs/traffic-networks.md). It
/// appears under its name whole or not at all. Throws FileError.
void save_network(const std::filesystem::path& path, const Network& network);

/// Loads one: equal to what was saved in every column. Throws FileError where the file cannot be
/// read or is none of a network, WorldError where its columns do not fit together.
std::shared_ptr<const Network> load_network(const std::filesystem::path& path);

}  // namespace kontwin::traffic
