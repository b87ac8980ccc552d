#include "twin/kpi_table.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin {

namespace {

std::vector<std::size_t> best_of(const KpiRow& row) {
  std::vector<double> known;
  for (const auto& value : row.values) {
    if (value) known.push_back(*value);
  }
  if (row.kpi.better == Kpi::Better::neither || known.size() < 2) return {};
  const auto [least, most] = std::ranges::minmax(known);
  if (least == most) return {};
  const double wanted = row.kpi.better == Kpi::Better::lower ? least : most;
  std::vector<std::size_t> best;
  for (std::size_t column = 0; column < row.values.size(); ++column) {
    if (row.values[column] == wanted) best.push_back(column);
  }
  return best;
}

/// A stage is told to the centimetre, as gauges report it.
int decimals_of(const KpiRow& row) {
  if (row.kpi.unit == "m") return 2;
  std::vector<double> known;
  for (const auto& value : row.values) known.push_back(value.value_or(std::nan("")));
  return decimals_for(known);
}

int rank_of(const KpiRow& row) { return !row.differs ? 2 : row.kpi.unit == "person" ? 0 : 1; }

}  // namespace

std::string KpiRow::label(Language language) const {
  const std::string& name = language == Language::english ? kpi.label_en : kpi.label_vi;
  return kpi.unit.empty() ? name : name + " [" + unit_text(kpi.unit, language) + "]";
}

std::string KpiRow::value(std::size_t column, Language language) const {
  return values[column] ? number_text(*values[column], decimals, language) : "–";
}

std::string KpiRow::change(std::size_t column, Language language) const {
  const auto& value = values[column];
  const auto& baseline = values.front();
  if (column == 0 || !value || !baseline || *value == *baseline) return "";
  const double change = *value - *baseline;
  return (change > 0 ? "+" : "") + number_text(change, decimals, language);
}

bool KpiRow::is_best(std::size_t column) const {
  return std::ranges::find(best, column) != best.end();
}

KpiTable make_kpi_table(std::vector<KpiColumn> columns) {
  KpiTable table;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (const Kpi& kpi : columns[i].kpis) {
      auto row = std::ranges::find(table.rows, kpi.id, [](const KpiRow& r) { return r.kpi.id; });
      if (row == table.rows.end()) {
        row = table.rows.insert(row, KpiRow{.kpi = kpi, .values = {}, .best = {}});
        row->values.resize(columns.size());
      }
      if (!std::isnan(kpi.value)) row->values[i] = kpi.value;
    }
  }
  for (KpiRow& row : table.rows) {
    row.best = best_of(row);
    row.differs =
        std::ranges::any_of(row.values, [&](const auto& v) { return v != row.values[0]; });
    row.decimals = decimals_of(row);
  }
  if (columns.size() > 1) std::ranges::stable_sort(table.rows, {}, rank_of);
  table.columns = std::move(columns);
  return table;
}

std::string column_mark(std::size_t column) {
  return {static_cast<char>('A' + static_cast<char>(column % 26))};
}

}  // namespace kontwin
