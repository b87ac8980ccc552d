#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

#include "tests/support/scratch_folder.hpp"

namespace kontwin::testing {

inline std::filesystem::path kontum_assets() {
  return std::filesystem::path(KONTWIN_SOURCE_DIR) / "assets" / "kontum";
}

/// A copy of the Kon Tum assets that a test may spoil; removed with it.
class LandFolder {
 public:
  LandFolder() {
    for (const auto& entry : std::filesystem::directory_iterator(kontum_assets())) {
      if (entry.is_regular_file()) std::filesystem::copy(entry.path(), path());
    }
  }

  const std::filesystem::path& path() const { return folder_.path(); }

  /// Replaces the first `from` in a file; the line it was on, 0 where it is not there.
  long replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = bytes_of(path() / file);
    const auto at = text.find(from);
    if (at == std::string::npos) return 0;
    text.replace(at, from.size(), to);
    folder_.write(file, text);
    return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  }

  /// The same land on coarse grids: a fraction of a second instead of many.
  void make_coarse() const {
    replace("world.toml", "cell_m = 90.0", "cell_m = 450.0");
    replace("world.toml", "cell_m = 20.0", "cell_m = 100.0");
    replace("world.toml", "cell_m = 20.0", "cell_m = 100.0");
  }

 private:
  ScratchFolder folder_;
};

}  // namespace kontwin::testing
