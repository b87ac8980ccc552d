#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace kontwin::testing {

inline std::filesystem::path kontum_assets() {
  return std::filesystem::path(KONTWIN_SOURCE_DIR) / "assets" / "kontum";
}

/// A copy of the Kon Tum assets that a test may spoil; removed with it.
class LandFolder {
 public:
  explicit LandFolder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() /
              ("kontwin-land-" + name + "-" + std::to_string(getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
    for (const auto& entry : std::filesystem::directory_iterator(kontum_assets())) {
      if (entry.is_regular_file()) std::filesystem::copy(entry.path(), path_);
    }
  }
  LandFolder(const LandFolder&) = delete;
  LandFolder& operator=(const LandFolder&) = delete;
  ~LandFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

  /// Replaces the first `from` in a file; the line it was on, 0 where it is not there.
  long replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = read(file);
    const auto at = text.find(from);
    if (at == std::string::npos) return 0;
    text.replace(at, from.size(), to);
    std::ofstream(path_ / file, std::ios::binary) << text;
    return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  }

  /// The same land on coarse grids: a fraction of a second instead of many.
  void make_coarse() const {
    replace("world.toml", "cell_m = 90.0", "cell_m = 450.0");
    replace("world.toml", "cell_m = 20.0", "cell_m = 100.0");
    replace("world.toml", "cell_m = 20.0", "cell_m = 100.0");
  }

 private:
  std::string read(const std::string& file) const {
    std::ifstream in(path_ / file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
  }

  std::filesystem::path path_;
};

}  // namespace kontwin::testing
