#include "io/traffic/text_file.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <iomanip>
#include <utility>

#include "twin/error.hpp"

namespace kontwin::traffic {

TextFile::TextFile(std::filesystem::path path) : path_(std::move(path)), stream_(path_) {
  if (!stream_) throw FileError(path_.string(), "cannot be written");
  stream_ << std::setprecision(10);
}

void TextFile::close() {
  stream_.close();
  if (!stream_) throw FileError(path_.string(), "could not be written to its end");
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_number(double value) {
  if (!std::isfinite(value)) return {};
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.10g", value);
  return text.data();
}

}  // namespace kontwin::traffic
