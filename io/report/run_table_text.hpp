#pragma once

#include <span>
#include <string>
#include <vector>

#include "twin/run_table.hpp"

namespace kontwin {

/// A cell as people read it; `–` where it does not apply.
std::string cell_text(const RunTable::Column& column, double value);

/// A column's heading in one language with its unit.
std::string head_text(const std::string& label, const RunTable::Column& column);

/// The first rows of a list as a table for a terminal, headings in both languages. `names` [row].
std::string run_table_text(const RunTable& table, std::span<const std::string> names,
                           std::size_t most_rows);

}  // namespace kontwin
