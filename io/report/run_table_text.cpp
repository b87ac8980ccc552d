#include "io/report/run_table_text.hpp"

#include <algorithm>
#include <cmath>

#include "io/report/text_table.hpp"
#include "twin/number_text.hpp"
#include "twin/time.hpp"

namespace kontwin {

namespace {

std::string cell_text(const RunTable::Column& column, double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  if (!column.names.empty()) {
    const bool known = value >= 0 && value < static_cast<double>(column.names.size());
    return known ? column.names[static_cast<std::size_t>(value)] : "–";
  }
  if (column.unit == RunTable::moment) {
    return std::abs(value) < 1e12 ? format_local(Instant{from_seconds(value)}) : "–";
  }
  return number_text(value, decimals, Language::both);
}

}  // namespace

std::vector<std::string> cell_texts(const RunTable::Column& column, std::size_t most_rows) {
  const auto shown = std::span(column.values).first(std::min(column.values.size(), most_rows));
  const int decimals = decimals_for(shown);
  std::vector<std::string> texts;
  texts.reserve(shown.size());
  for (const double value : shown) texts.push_back(cell_text(column, value, decimals));
  return texts;
}

std::string head_text(const std::string& label, const RunTable::Column& column) {
  if (column.unit.empty() || column.unit == RunTable::moment) return label;
  return label + " (" + column.unit + ")";
}

std::string run_table_text(const RunTable& table, std::span<const std::string> names,
                           std::size_t most_rows) {
  std::string text = table.label_vi + "\n" + table.label_en + "\n\n";
  std::vector<std::vector<std::string>> rows(2);
  rows[0].push_back("");
  rows[1].push_back("");
  // Local coordinates are for the files: places stand there in degrees too.
  const auto shown = [](const RunTable::Column& column) {
    return !column.id.ends_with("_x_m") && !column.id.ends_with("_y_m");
  };
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const RunTable::Column& column = table.columns[i];
    if (!shown(column)) continue;
    text += "  " + std::to_string(rows[0].size()) + "  " + head_text(column.label_vi, column) +
            " / " + column.label_en + "\n";
    rows[0].push_back(std::to_string(rows[0].size()));
  }
  rows.pop_back();
  const std::size_t count = std::min(table.rows(), most_rows);
  std::vector<std::vector<std::string>> cells_of;
  for (const RunTable::Column& column : table.columns) {
    if (shown(column)) cells_of.push_back(cell_texts(column, most_rows));
  }
  for (std::size_t row = 0; row < count; ++row) {
    std::vector<std::string> cells{names[row]};
    for (const auto& column : cells_of) cells.push_back(column[row]);
    rows.push_back(std::move(cells));
  }
  text += "\n" + text_table(rows);
  if (count < table.rows()) {
    text += "… " + std::to_string(table.rows() - count) + " dòng nữa / more rows\n";
  }
  return text;
}

}  // namespace kontwin
