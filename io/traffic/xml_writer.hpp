#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace kontwin::traffic {

/// Writes an XML file element by element: `open`, its attributes, what is inside, `close`. Numbers
/// are written in the fewest digits that read back as the same number.
class XmlWriter {
 public:
  /// Throws FileError where the file cannot be made.
  explicit XmlWriter(const std::filesystem::path& path);

  XmlWriter& open(std::string_view name);
  XmlWriter& attribute(std::string_view name, std::string_view value);
  template <typename Number>
  requires std::is_arithmetic_v<Number> XmlWriter& attribute(std::string_view name, Number value) {
    if constexpr (std::is_floating_point_v<Number>) {
      return number(name, value);
    } else {
      return attribute(name, std::string_view(std::to_string(value)));
    }
  }
  XmlWriter& close();
  /// Writes what is left. Throws FileError where not everything could be written.
  void finish();

 private:
  XmlWriter& number(std::string_view name, double value);
  void end_tag();
  void flush();

  std::string path_;
  std::ofstream file_;
  std::string text_;
  std::vector<std::string> names_;  // of the elements that are open
  bool in_tag_ = false;
};

/// A number in the fewest digits that read back as the same number.
std::string to_text(double number);

}  // namespace kontwin::traffic
