#pragma once

#include <filesystem>

namespace kontwin {

/// The folder of the sample assets: $KONTWIN_ASSETS, or `assets` in the current folder or one above
/// it, or `assets` in a folder above the program itself. Throws Error that names what was tried.
std::filesystem::path find_assets();

}  // namespace kontwin
