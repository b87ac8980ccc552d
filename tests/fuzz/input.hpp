#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

#include "twin/error.hpp"

// What the fuzz targets share.
namespace kontwin::fuzz {

/// The bytes a target is given, as text.
inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return size == 0 ? std::string_view{}
                   : std::string_view(reinterpret_cast<const char*>(data), size);
}

/// Ends the program as a crash would: a decoder broke a promise.
[[noreturn]] inline void broken(const std::string& promise) {
  std::fprintf(stderr, "broken promise: %s\n", promise.c_str());
  std::abort();
}

inline void promise(bool holds, const char* what) {
  if (!holds) broken(what);
}

/// A file that holds one input after the other, in a folder of the process's own below the build
/// folder that is gone with it; after a crash the last input is found there.
class InputFile {
 public:
  explicit InputFile(const char* name)
      : folder_(std::filesystem::path(KONTWIN_BINARY_DIR) / "fuzz" /
                (KONTWIN_FUZZ_TARGET "-" + std::to_string(::getpid()))),
        path_(folder_ / name) {
    std::filesystem::create_directories(folder_);
  }
  ~InputFile() {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  /// The file with these bytes in it.
  const std::filesystem::path& with(std::string_view bytes) const {
    std::ofstream(path_, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path_;
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

/// Writes the parts of an input, parted by lines of `---`, as files; those beyond the last are
/// empty.
inline void write_parts(std::string_view rest, const std::filesystem::path& folder,
                        std::span<const char* const> names) {
  constexpr std::string_view between = "\n---\n";
  for (const char* const name : names) {
    const std::size_t end = std::min(rest.find(between), rest.size());
    std::ofstream(folder / name, std::ios::binary) << rest.substr(0, end);
    rest.remove_prefix(std::min(end + between.size(), rest.size()));
  }
}

/// Reads a file that may be damaged: `read` may give up with a FileError that names the file, and
/// in no other way.
template <typename Read>
void read_damaged(const std::filesystem::path& path, const Read& read) {
  try {
    read(path);
  } catch (const FileError& error) {
    const std::string_view text = error.what();
    if (!text.starts_with(path.string() + ":")) {
      broken("an error names its file, which this one does not: " + std::string(text));
    }
  }
}

}  // namespace kontwin::fuzz
