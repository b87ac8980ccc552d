#pragma once

#include <span>
#include <string>
#include <vector>

#include "twin/run_table.hpp"

namespace kontwin {

/// The first cells of a column as people read them, `most_rows` at most, all with as many decimals
/// (decimals_for); `–` where a value does not apply.
std::vector<std::string> cell_texts(const RunTable::Column& column, std::size_t most_rows);

/// A column's heading in one language with its unit.
std::string head_text(const std::string& label, const RunTable::Column& column);

/// The first rows of a list as a table for a terminal, headings in both languages. `names` [row].
std::string run_table_text(const RunTable& table, std::span<const std::string> names,
                           std::size_t most_rows);

}  // namespace kontwin
