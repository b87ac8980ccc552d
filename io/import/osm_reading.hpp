#pragma once

#include <filesystem>
#include <optional>
#include <osmium/io/any_input.hpp>
#include <string>

#include "twin/error.hpp"

namespace kontwin {

/// Calls `visit(item)` with every object of the wanted kinds in an OpenStreetMap file, in the order
/// of the file. Whatever goes wrong becomes a FileError that names the place as well as the library
/// knows it. `meta`: whether the versions of objects are needed.
template <typename Visit>
void for_each_osm_object(const std::filesystem::path& path, osmium::osm_entity_bits::type kinds,
                         osmium::io::read_meta meta, const Visit& visit) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    throw FileError(path.string(), "there is no such file");
  }
  std::optional<osmium::io::Reader> reader;
  const auto where = [&] {
    return reader ? " (after " + std::to_string(reader->offset()) + " of " +
                        std::to_string(reader->file_size()) + " bytes)"
                  : std::string();
  };
  try {
    const osmium::io::File file(path.string());
    reader.emplace(file, kinds, meta);
    while (const osmium::memory::Buffer buffer = reader->read()) {
      for (const auto& item : buffer) visit(item);
    }
    reader->close();
  } catch (const osmium::xml_error& broken) {
    if (broken.line == 0) {
      throw FileError(path.string(), "is not valid OSM XML (" + broken.error_string + ")");
    }
    throw FileError(path.string(), static_cast<long>(broken.line),
                    "column " + std::to_string(broken.column) + ": is not valid OSM XML (" +
                        broken.error_string + ")");
  } catch (const Error&) {
    throw;
  } catch (const std::exception& broken) {
    throw FileError(path.string(),
                    "cannot be read to its end: " + std::string(broken.what()) + where());
  }
}

}  // namespace kontwin
