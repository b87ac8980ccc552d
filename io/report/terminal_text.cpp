#include "io/report/terminal_text.hpp"

#include <algorithm>
#include <vector>

namespace kontwin {

namespace {

/// One KPI as it is printed: two lines of a name and a cell a column.
struct Entry {
  std::string name_vi, name_en;
  std::vector<std::string> values, changes;
};

Entry entry_of(const KpiRow& row) {
  Entry entry{row.label(Language::vietnamese), "  " + row.label(Language::english), {}, {}};
  for (std::size_t column = 0; column < row.values.size(); ++column) {
    entry.values.push_back(row.value(column, Language::both) + (row.is_best(column) ? " *" : "  "));
    entry.changes.push_back(row.change(column, Language::both) + "  ");
  }
  return entry;
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

}  // namespace

std::size_t text_columns(const std::string& text) {
  std::size_t columns = 0;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool continues = (byte & 0xC0U) == 0x80U;
    // U+0300 to U+036F begin with the bytes CC or CD.
    const bool combines = byte == 0xCC || byte == 0xCD;
    if (!continues && !combines) ++columns;
  }
  return columns;
}

std::string padded(const std::string& text, std::size_t columns, bool right) {
  const std::size_t taken = text_columns(text);
  const std::string space(columns > taken ? columns - taken : 0, ' ');
  return right ? space + text : text + space;
}

std::string terminal_table(const KpiTable& table) {
  std::string text;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const KpiColumn& run = table.columns[column];
    text += column_mark(column) + "  " + run.title_vi + "\n   " + run.title_en + "\n";
  }
  std::vector<Entry> entries;
  for (const KpiRow& row : table.rows) entries.push_back(entry_of(row));
  std::size_t name_width = text_columns("Chỉ số / Indicator");
  std::vector<std::size_t> widths(table.columns.size(), 4);
  for (const Entry& entry : entries) {
    name_width = std::max({name_width, text_columns(entry.name_vi), text_columns(entry.name_en)});
    for (std::size_t column = 0; column < widths.size(); ++column) {
      widths[column] = std::max({widths[column], text_columns(entry.values[column]),
                                 text_columns(entry.changes[column])});
    }
  }
  const auto line = [&](const std::string& name, const std::vector<std::string>& cells) {
    std::string result = padded(name, name_width);
    for (std::size_t column = 0; column < cells.size(); ++column) {
      result += ' ' + padded(cells[column], widths[column], true);
    }
    return without_trailing_spaces(std::move(result));
  };
  std::vector<std::string> marks;
  std::size_t width = name_width;
  for (std::size_t column = 0; column < widths.size(); ++column) {
    marks.push_back(column_mark(column) + "  ");
    width += widths[column] + 1;
  }
  text += '\n' + line("Chỉ số / Indicator", marks);
  for (std::size_t i = 0; i + 2 < width; ++i) text += "─";
  text += '\n';
  for (const Entry& entry : entries) {
    text += line(entry.name_vi, entry.values) + line(entry.name_en, entry.changes);
  }
  if (table.columns.size() > 1) {
    text += "\n* tốt nhất; dòng dưới: chênh lệch so với A / best; below: the difference to A\n";
  }
  return text;
}

}  // namespace kontwin
