#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "twin/kpi.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

/// The KPIs of one run or branch, under its title.
struct KpiColumn {
  std::string title_vi;
  std::string title_en;
  KpiList kpis;
};

/// One KPI over several runs, with the texts that people read, the same wherever they read them.
struct KpiRow {
  Kpi kpi;                                    ///< its names, unit and direction
  std::vector<std::optional<double>> values;  ///< by column; nothing where it does not apply
  /// The columns with the best value; empty when the KPI has no better side, or all are equal.
  std::vector<std::size_t> best;
  bool differs = false;  ///< not the same in every column
  int decimals = 0;      ///< as many in every column as the largest value needs; stages have two

  /// Its name with the unit in brackets, in one language.
  std::string label(Language language) const;
  /// The value in a column; "–" where there is none.
  std::string value(std::size_t column, Language language) const;
  /// What sets a column apart from the first, with its sign: `−4 922`; empty where nothing does.
  std::string change(std::size_t column, Language language) const;
  bool is_best(std::size_t column) const;
};

/// Runs side by side; the first is the baseline. Rows about people come first, and rows that are
/// the same in every column last; otherwise they stand in the order of the columns' KPIs.
struct KpiTable {
  std::vector<KpiColumn> columns;
  std::vector<KpiRow> rows;
};

KpiTable make_kpi_table(std::vector<KpiColumn> columns);

/// What a column is called where its title is too long: A, B, C ...
std::string column_mark(std::size_t column);

}  // namespace kontwin
