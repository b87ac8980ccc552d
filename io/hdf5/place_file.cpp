#include "io/hdf5/place_file.hpp"

#include "twin/error.hpp"

namespace kontwin::hdf5 {

void place_file(const std::filesystem::path& path, const std::function<void(File&)>& write) {
  const std::filesystem::path beside = path.string() + ".part";
  try {
    File file = File::create(beside);
    write(file);
    file.close(true);
    std::filesystem::rename(beside, path);
  } catch (const std::filesystem::filesystem_error& error) {
    std::filesystem::remove(beside);
    throw FileError(path.string(), "cannot be put in place: " + error.code().message());
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    throw;
  }
}

}  // namespace kontwin::hdf5
