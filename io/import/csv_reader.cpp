#include "io/import/csv_reader.hpp"

#include <cpl_string.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "twin/error.hpp"

namespace kontwin {

namespace {

/// One record of the text from `at` on, with quotes undone; moves `at` and `line` past it.
std::vector<std::string> take_record(std::string_view text, std::size_t& at, long& line,
                                     const std::string& path) {
  std::vector<std::string> fields(1);
  const long first_line = line;
  bool quoted = false;
  while (at < text.size()) {
    const char c = text[at++];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (at < text.size() && text[at] == '"') {
        fields.back() += '"';
        ++at;
      } else {
        quoted = false;
      }
    } else if (c == '"' && fields.back().empty()) {
      quoted = true;
    } else if (c == ',') {
      fields.emplace_back();
    } else if (c == '\n') {
      return fields;
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  if (quoted) throw FileError(path, first_line, "a quote is opened and never closed");
  return fields;
}

/// What is said of a table of one column whose header holds other marks between names.
std::string mark_hint(const std::vector<std::string>& columns) {
  if (columns.size() > 1) return "";
  const bool other_mark = columns.front().find_first_of(";\t") != std::string::npos;
  return other_mark ? "; a comma must stand between columns" : "";
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

CsvTable CsvTable::read(const std::filesystem::path& path,
                        const std::vector<std::string>& required) {
  std::ifstream file(path, std::ios::binary);
  std::error_code error;
  if (!file || std::filesystem::is_directory(path, error)) {
    throw FileError(path.string(), "cannot be opened");
  }
  std::ostringstream buffer;
  buffer << file.rdbuf();
  return parse(std::move(buffer).str(), path.string(), required);
}

CsvTable CsvTable::parse(std::string_view text, const std::string& path,
                         const std::vector<std::string>& required) {
  CsvTable table;
  table.path_ = path;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.find('\r') != std::string_view::npos && text.find('\n') == std::string_view::npos) {
    throw FileError(path, "ends its lines with carriage returns alone: save it with line feeds");
  }

  std::size_t at = 0;
  long line = 1;
  while (at < text.size()) {
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size() - 1) + 1;
      ++line;
      continue;
    }
    const long first_line = line;
    const std::size_t first = at;
    auto fields = take_record(text, at, line, table.path_);
    if (!CPLIsUTF8(text.data() + first, static_cast<int>(at - first))) {
      throw FileError(table.path_, first_line, "is not UTF-8: save the table as 'CSV UTF-8'");
    }
    if (fields.size() == 1 && fields.front().empty()) continue;
    if (table.columns_.empty()) {
      table.columns_ = std::move(fields);
      table.header_line_ = first_line;
    } else if (fields.size() != table.columns_.size()) {
      throw FileError(table.path_, first_line,
                      std::to_string(fields.size()) + " fields where the header has " +
                          std::to_string(table.columns_.size()) + mark_hint(table.columns_));
    } else {
      table.rows_.push_back(std::move(fields));
      table.lines_.push_back(first_line);
    }
  }
  if (table.columns_.empty()) throw FileError(table.path_, "is empty: no line names the columns");
  for (auto column = table.columns_.begin(); column != table.columns_.end(); ++column) {
    if (std::find(table.columns_.begin(), column, *column) != column) {
      throw FileError(table.path_, table.header_line_, "column '" + *column + "' is named twice");
    }
  }
  for (const std::string& column : required) {
    if (!table.has(column)) {
      throw FileError(table.path_, table.header_line_,
                      "has no column '" + column + "'; it has " + table.columns_text());
    }
  }
  return table;
}

std::string CsvTable::columns_text() const {
  std::string names;
  for (const std::string& column : columns_) names += (names.empty() ? "'" : ", '") + column + "'";
  return names + mark_hint(columns_);
}

std::optional<std::size_t> CsvTable::position(std::string_view column) const {
  const auto found = std::ranges::find(columns_, column);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

bool CsvTable::has(std::string_view column) const { return position(column).has_value(); }

const std::string& CsvTable::text(std::size_t row, std::string_view column) const {
  static const std::string nothing;
  const auto index = position(column);
  return index ? rows_[row][*index] : nothing;
}

std::optional<double> CsvTable::number(std::size_t row, std::string_view column) const {
  const std::string& written = text(row, column);
  std::string_view field = without_blanks(written);
  if (field.empty()) return std::nullopt;
  if (field.size() > 1 && field[0] == '+' && field[1] != '-') field.remove_prefix(1);
  double value = 0;
  const char* const end = field.data() + field.size();
  const auto [rest, error] = std::from_chars(field.data(), end, value);
  if (error != std::errc{} || rest != end) {
    const bool comma = written.find(',') != std::string::npos;
    fail(row, "'" + written + "' in column '" + std::string(column) + "' is not a number" +
                  (comma ? "; a point must stand before decimals" : ""));
  }
  return value;
}

double CsvTable::required_number(std::size_t row, std::string_view column) const {
  const auto value = number(row, column);
  if (!value) fail(row, "column '" + std::string(column) + "' is empty");
  return *value;
}

void CsvTable::fail(std::size_t row, const std::string& reason) const {
  throw FileError(path_, lines_[row], reason);
}

}  // namespace kontwin
