#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "io/report/terminal_text.hpp"

namespace kontwin {

/// A table for a terminal: the first column to the left, the others to the right, each as wide as
/// its widest text. Rows may be shorter than the first one.
inline std::string text_table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    if (row.size() > widths.size()) widths.resize(row.size(), 0);
    // A row of one text may run over the columns.
    for (std::size_t i = 0; i < row.size() && row.size() > 1; ++i) {
      widths[i] = std::max(widths[i], text_columns(row[i]));
    }
  }
  std::string table;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += i == 0 ? padded(row[i], widths[i]) : "  " + padded(row[i], widths[i], true);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    table += line + '\n';
  }
  return table;
}

}  // namespace kontwin
