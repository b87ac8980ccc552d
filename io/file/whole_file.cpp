#include "io/file/whole_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>

#include "twin/error.hpp"

namespace kontwin {

namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

void write_whole_file(const std::filesystem::path& path, std::string_view bytes) {
  if (path.has_parent_path() && !std::filesystem::is_directory(path.parent_path())) {
    throw FileError(path.string(), "cannot be written: the folder does not exist");
  }
  const std::filesystem::path part = path.string() + ".part";
  const auto fail = [&](int reason) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw FileError(path.string(), std::string("cannot be written: ") + std::strerror(reason));
  };
  std::unique_ptr<std::FILE, Close> file(std::fopen(part.c_str(), "wb"));
  if (!file) fail(errno);
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
                       std::fflush(file.get()) == 0;
  const int reason = errno;
  file.reset();
  if (!written) fail(reason);
  std::error_code error;
  std::filesystem::rename(part, path, error);
  if (error) fail(error.value());
}

}  // namespace kontwin
