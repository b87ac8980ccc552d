#pragma once

#include <memory>

#include "app/commands.hpp"
#include "io/import/import_report.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// The folder of the sources of a command's world.
std::filesystem::path world_folder(const CommonOptions& options);

/// The world that a command works on, from the cache or built now with a progress bar.
std::shared_ptr<const World> open_world(const CommonOptions& options);

/// Prints what importers repaired and left out; nothing where they had nothing to say.
void print_import(const ImportReport& report);

}  // namespace kontwin
