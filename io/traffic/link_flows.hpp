#pragma once

#include <filesystem>

#include "scenarios/traffic/assignment/equilibrium.hpp"

namespace kontwin {

/// Writes flows and costs as CSV, a line a link: `link,from,to,flow,cost,empty_cost`, links and
/// nodes counted from 1, numbers as short as they can be without loss. Throws FileError.
void write_link_flows(const std::filesystem::path& path, const traffic::AssignmentNetwork& network,
                      const traffic::Equilibrium& found);

}  // namespace kontwin
