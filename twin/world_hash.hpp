#pragma once

#include <string>

#include "twin/world.hpp"

namespace kontwin {

/// The hash of all that a world holds: two worlds with the same one give the same runs.
std::string world_hash(const WorldParts& parts);

}  // namespace kontwin
