#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontwin {

/// A TNTP file line by line, comments and blanks at both ends taken off. Private to this folder.
class TntpText {
 public:
  /// Throws FileError when the file cannot be opened.
  explicit TntpText(const std::filesystem::path& path);

  /// Moves to the next line that holds something; false at the end. Throws FileError where reading
  /// breaks off.
  bool next();
  /// The fields of the line, apart by blanks, `,`, `:` and `;`.
  std::vector<std::string_view> fields() const;

  /// Reads metadata, `<KEY> value` a line, up to `<END OF METADATA>` or, where that is missing, up
  /// to the first other line, which is then the current one (`at_line`).
  void read_metadata();
  bool at_line() const { return at_line_; }
  /// A whole number of the metadata of 0 or more; nothing where it is not there.
  std::optional<std::size_t> count(const std::string& key) const;
  std::optional<double> number(const std::string& key) const;
  /// The same, throwing FileError where it is missing.
  std::size_t required_count(const std::string& key) const;

  /// A field as a number; throws FileError naming what it should be.
  double number(std::string_view field, std::string_view what) const;
  /// A field as a node or zone numbered from 1 up to `most`; counted from 0.
  std::uint32_t row(std::string_view field, std::string_view what, std::size_t most) const;
  [[noreturn]] void fail(const std::string& reason) const;

 private:
  struct Entry {
    std::string value;
    long line = 0;
  };
  std::string path_;
  std::ifstream file_;
  std::string text_;
  std::string_view view_;
  long line_number_ = 0;
  bool at_line_ = false;
  std::map<std::string, Entry> metadata_;
};

}  // namespace kontwin
