#include "actors/line_scan.hpp"

#include <algorithm>
#include <cmath>

#include "actors/rules.hpp"

namespace kontwin {

namespace {

/// A line that nothing crosses.
constexpr double no_line = std::numeric_limits<double>::quiet_NaN();

/// level_over for every row, written so that the compiler can take several rows at a time.
template <typename LineAt>
void levels_over(std::span<const double> values, std::span<const std::int8_t> before,
                 double hysteresis, LineAt line_at, std::span<std::int8_t> after) {
  for (std::size_t row = 0; row < values.size(); ++row) {
    const double value = values[row];
    int reached = 0;
    int kept = 0;
    for (std::size_t line = 0; line < most_lines; ++line) {
      reached += value >= line_at(line, row) ? 1 : 0;
      kept += value >= line_at(line, row) - hysteresis ? 1 : 0;
    }
    const int was = int{before[row]};
    const int falling = was < kept ? was : kept;
    const int level = was > reached ? falling : reached;
    after[row] = static_cast<std::int8_t>(std::isnan(value) ? was : level);
  }
}

}  // namespace

LineScan::LineScan(const World& world, const StateTable& start) {
  for (const Kind kind : all_kinds()) {
    for (const Watch& it : rule_of(kind).watches) {
      columns_[index_of(kind)].push_back(watch(world, start, kind, it));
    }
  }
}

LineScan::Column LineScan::watch(const World& world, const StateTable& start, Kind kind,
                                 const Watch& watch) {
  const EntityTable& table = world.entities(kind);
  const std::size_t rows = start.rows(kind);
  if (after_.size() < rows) after_.resize(rows);
  Column column{.column = watch.column,
                .hysteresis = watch.hysteresis,
                .step = watch.step,
                .lines = {},
                .row_lines = {},
                .levels = std::vector<std::int8_t>(rows, 0),
                .stepped_at = {}};
  if (watch.line_of == nullptr) {
    column.lines = watch.lines;
    column.lines.resize(most_lines, no_line);
  } else {
    column.row_lines.assign(most_lines, std::vector<double>(rows, no_line));
    for (std::size_t line = 0; line < watch.lines.size(); ++line) {
      for (std::size_t row = 0; row < rows; ++row) {
        column.row_lines[line][row] = watch.line(table, row, line);
      }
    }
  }
  const auto values = start.column(kind, watch.column);
  levels_of(column, values, std::span(after_).first(rows));
  std::copy_n(after_.begin(), rows, column.levels.begin());
  if (watch.memory != no_column) {
    const auto memory = start.column(kind, watch.memory);
    for (std::size_t row = 0; row < rows; ++row) {
      if (!std::isnan(memory[row])) column.levels[row] = static_cast<std::int8_t>(memory[row]);
    }
  }
  if (watch.step > 0) column.stepped_at.assign(values.begin(), values.end());
  return column;
}

void LineScan::levels_of(const Column& column, std::span<const double> values,
                         std::span<std::int8_t> levels) const {
  if (column.row_lines.empty()) {
    const std::array<double, most_lines> lines{column.lines[0], column.lines[1], column.lines[2]};
    levels_over(
        values, column.levels, column.hysteresis,
        [lines](std::size_t line, std::size_t) { return lines[line]; }, levels);
  } else {
    const std::array<const double*, most_lines> lines{
        column.row_lines[0].data(), column.row_lines[1].data(), column.row_lines[2].data()};
    levels_over(
        values, column.levels, column.hysteresis,
        [lines](std::size_t line, std::size_t row) { return lines[line][row]; }, levels);
  }
}

void LineScan::scan(Kind kind, const StateTable& state, std::vector<Wake>& found) {
  for (Column& column : columns_[index_of(kind)]) {
    const auto values = state.column(kind, column.column);
    if (column.step > 0) find_steps(kind, column, values, found);
    const auto after = std::span(after_).first(values.size());
    levels_of(column, values, after);
    if (std::ranges::equal(after, column.levels)) continue;
    for (std::uint32_t row = 0; row < after.size(); ++row) {
      if (after[row] == column.levels[row]) continue;
      found.push_back({{kind, row}, Crossing{column.column, column.levels[row], after[row]}});
      column.levels[row] = after[row];
    }
  }
}

void LineScan::find_steps(Kind kind, Column& column, std::span<const double> values,
                          std::vector<Wake>& found) {
  for (std::uint32_t row = 0; row < values.size(); ++row) {
    if (std::isnan(values[row]) || std::abs(values[row] - column.stepped_at[row]) < column.step) {
      continue;
    }
    column.stepped_at[row] = values[row];
    found.push_back({{kind, row}, Stepped{column.column}});
  }
}

}  // namespace kontwin
