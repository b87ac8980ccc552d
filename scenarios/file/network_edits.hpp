#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "scenarios/traffic/trip_run.hpp"

namespace kontwin {

/// What a file of edits makes of a road network without a world.
struct NetworkEdits {
  std::shared_ptr<const traffic::Network> network;  ///< with the roads that were added
  std::vector<traffic::MomentEdit> edits;           ///< in order of time
  std::vector<traffic::Repair> repairs;             ///< of the network with added roads
};

/// Reads `[[add_road]]` and `[[edit]]` tables (TOML, see docs/traffic-measures.md): the grammar of
/// scenario files, with links, junctions and signals by the ids of the network's own file and
/// moments as lengths of time after the start. Throws FileError with file, line and field.
NetworkEdits read_network_edits(const std::filesystem::path& path,
                                std::shared_ptr<const traffic::Network> network);

}  // namespace kontwin
