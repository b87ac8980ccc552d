#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace kontwin::traffic {

/// A text file that is written to its end or an error: numbers with ten digits.
class TextFile {
 public:
  /// Throws FileError.
  explicit TextFile(std::filesystem::path path);
  template <typename Value>
  TextFile& operator<<(const Value& value) {
    stream_ << value;
    return *this;
  }
  /// Throws FileError where something could not be written.
  void close();

 private:
  std::filesystem::path path_;
  std::ofstream stream_;
};

/// A field of a CSV file, in quotes where it needs them.
std::string csv_field(const std::string& text);
/// A number as a field; empty where it is none.
std::string csv_number(double value);

}  // namespace kontwin::traffic
