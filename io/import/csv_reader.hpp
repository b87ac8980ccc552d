#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontwin {

/// A table read from a CSV file (RFC 4180: commas, double quotes, UTF-8 with or without a
/// byte-order mark). Lines that start with `#` are comments; the first other line names the
/// columns. Every error names the file and the line.
class CsvTable {
 public:
  /// Throws FileError when the file cannot be read, a line is not UTF-8, a quote is not closed, a
  /// line has more or fewer fields than the header, a column is named twice, or a column of
  /// `required` is missing.
  static CsvTable read(const std::filesystem::path& path,
                       const std::vector<std::string>& required = {});

  /// The same of a text; `path` names it in errors.
  static CsvTable parse(std::string_view text, const std::string& path,
                        const std::vector<std::string>& required = {});

  std::size_t rows() const { return rows_.size(); }
  const std::vector<std::string>& columns() const { return columns_; }
  /// They as a message names them, with what may be wrong with them.
  std::string columns_text() const;
  bool has(std::string_view column) const;

  /// A field as it stands; empty where the column is not there.
  const std::string& text(std::size_t row, std::string_view column) const;
  /// A field as a number, blanks round it left out; nothing where it is empty or the column is not
  /// there. Throws FileError when it is not a number.
  std::optional<double> number(std::size_t row, std::string_view column) const;
  /// The same, throwing FileError where it is empty.
  double required_number(std::size_t row, std::string_view column) const;

  /// The line of the file that names the columns.
  long header_line() const { return header_line_; }
  /// The line of the file a row starts on, for messages.
  long line(std::size_t row) const { return lines_[row]; }
  /// Throws FileError at a row.
  [[noreturn]] void fail(std::size_t row, const std::string& reason) const;

 private:
  std::optional<std::size_t> position(std::string_view column) const;

  std::string path_;
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<long> lines_;
  long header_line_ = 0;
};

}  // namespace kontwin
