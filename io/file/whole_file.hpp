#pragma once

#include <filesystem>
#include <string_view>

namespace kontwin {

/// Writes a file that appears under its name whole or not at all: first beside it as `<path>.part`,
/// then renamed. Throws FileError with the system's reason; then what was there before is as it
/// was.
void write_whole_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace kontwin
