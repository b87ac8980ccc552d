#include "app/asset_paths.hpp"

#include <cstdlib>
#include <string>

#include "twin/error.hpp"

namespace kontwin {

namespace {

/// The nearest `assets` folder with a sample world in it, from `folder` upwards; empty if there is
/// none.
std::filesystem::path above(std::filesystem::path folder) {
  while (true) {
    if (exists(folder / "assets" / "kontum" / "world.toml")) return folder / "assets";
    if (!folder.has_relative_path()) return {};
    folder = folder.parent_path();
  }
}

}  // namespace

std::filesystem::path find_assets() {
  if (const char* const chosen = std::getenv("KONTWIN_ASSETS")) return chosen;
  const auto here = std::filesystem::current_path();
  if (auto found = above(here); !found.empty()) return found;
  const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  if (auto found = above(program); !found.empty()) return found;
  throw Error("no folder 'assets' with the sample world was found above " + here.string() + " or " +
              program.string() + "; set KONTWIN_ASSETS");
}

}  // namespace kontwin
