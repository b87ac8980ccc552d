#pragma once

#include <string>

#include "twin/kpi_table.hpp"

namespace kontwin {

/// How many columns a UTF-8 text takes on a terminal, marks that combine with the letter before
/// them not counted.
std::size_t text_columns(const std::string& text);
/// `text` with spaces up to `columns`, behind it or, with `right`, before it.
std::string padded(const std::string& text, std::size_t columns, bool right = false);

/// A table of KPIs in both languages, for a terminal of 100 columns and up to three runs: what the
/// letters above the columns stand for, then two lines a KPI: its Vietnamese name with the values,
/// a star at the best, and its English name with the differences to the first column.
std::string terminal_table(const KpiTable& table);

}  // namespace kontwin
