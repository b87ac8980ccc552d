#pragma once

#include <memory>

#include "app/commands.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// The world that a command works on, from the cache or built now with a progress bar.
std::shared_ptr<const World> open_world(const CommonOptions& options);

}  // namespace kontwin
