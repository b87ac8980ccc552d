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

/// What the header of a file has where something was missed.
std::string names_of(const std::vector<std::string>& columns) {
  std::string names;
  for (const std::string& column : columns) names += (names.empty() ? "'" : ", '") + column + "'";
  if (columns.size() > 1) return names;
  const bool other_mark = columns.front().find_first_of(";\t") != std::string::npos;
  return names + (other_mark ? "; a comma must stand between columns" : "");
}

}  // namespace

CsvTable CsvTable::read(const std::filesystem::path& path,
                        const std::vector<std::string>& required) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path.string(), "cannot be opened");
  std::ostringstream buffer;
  buffer << file.rdbuf();
  return parse(std::move(buffer).str(), path.string(), required);
}

CsvTable CsvTable::parse(std::string_view text, const std::string& path,
                         const std::vector<std::string>& required) {
  CsvTable table;
  table.path_ = path;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);

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
                          std::to_string(table.columns_.size()));
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
                      "has no column '" + column + "'; it has " + names_of(table.columns_));
    }
  }
  return table;
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
  const std::string& field = text(row, column);
  if (field.empty()) return std::nullopt;
  double value = 0;
  const char* const end = field.data() + field.size();
  const auto [rest, error] = std::from_chars(field.data(), end, value);
  if (error != std::errc{} || rest != end) {
    fail(row, "'" + field + "' in column '" + std::string(column) + "' is not a number");
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
