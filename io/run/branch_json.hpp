#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "twin/branch.hpp"

namespace kontwin {

/// The edits of a branch as a JSON list, entities by URN: what a run file says of itself.
std::string edits_to_json(const World& world, std::span<const TimedEdit> edits);

/// The earthquakes among edits that edits_to_json wrote, in their order; nothing where the text is
/// no such list.
std::optional<std::vector<std::pair<Instant, Earthquake>>> earthquakes_of_json(
    const std::string& edits);

/// What drove a branch, as a JSON object: for each series its first and last moment, its number of
/// points, its smallest, largest and mean value.
std::string forcing_to_json(const World& world, const Forcing& forcing);

}  // namespace kontwin
