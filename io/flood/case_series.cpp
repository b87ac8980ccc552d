#include "io/flood/case_series.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "io/import/csv_reader.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

struct TimeColumn {
  std::string name;
  double seconds;  // in one of its units; 0: moments
};
const std::array<TimeColumn, 4> time_columns{
    {{"time_s", 1}, {"time_min", 60}, {"time_h", 3600}, {"moment", 0}}};
constexpr double longest_s = 100.0 * 366 * 86400;

const TimeColumn& time_column_of(const CsvTable& table, const std::string& path) {
  const TimeColumn* found = nullptr;
  for (const TimeColumn& column : time_columns) {
    if (!table.has(column.name)) continue;
    if (found != nullptr) {
      throw FileError(path, table.header_line(),
                      "has both '" + found->name + "' and '" + column.name + "'");
    }
    found = &column;
  }
  if (found == nullptr) {
    throw FileError(path, table.header_line(),
                    "has no column of time: time_s, time_min, time_h or moment; it has " +
                        table.columns_text());
  }
  return *found;
}

std::string value_column_of(const CsvTable& table, const std::string& wanted,
                            const std::string& time, const std::string& path) {
  std::string others;
  std::size_t count = 0;
  std::string last;
  for (const std::string& name : table.columns()) {
    if (name == time) continue;
    others += (others.empty() ? "" : ", ") + name;
    last = name;
    ++count;
  }
  if (!wanted.empty()) {
    if (wanted != time && table.has(wanted)) return wanted;
    throw FileError(path, table.header_line(), "has no column '" + wanted + "', only: " + others);
  }
  if (count == 1) return last;
  throw FileError(path, table.header_line(),
                  count == 0
                      ? std::string("has no column of values")
                      : "has more than one column of values: say which (column), of: " + others);
}

}  // namespace

std::string column_at(const CsvTable& table, const std::filesystem::path& path, std::size_t place) {
  if (place >= 1 && place <= table.columns().size()) return table.columns()[place - 1];
  throw FileError(path.string(), table.header_line(),
                  "has no column " + std::to_string(place) + ", only " +
                      std::to_string(table.columns().size()));
}

TimeSeries read_case_series(const std::filesystem::path& path, const SeriesColumns& columns,
                            Instant start, bool dated, double lowest) {
  const CsvTable table = CsvTable::read(path);
  TimeColumn time{"", columns.time_unit_s};
  std::string values;
  if (columns.time_place > 0) {
    time.name = column_at(table, path, columns.time_place);
    values = column_at(table, path, columns.value_place);
  } else {
    time = time_column_of(table, path.string());
    values = value_column_of(table, columns.value, time.name, path.string());
  }
  if (time.seconds == 0 && !dated) {
    throw FileError(path.string(), table.header_line(),
                    "tells moments, and the case has no start: give one (start = \"...\")");
  }
  TimeSeries series;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Instant at;
    if (time.seconds == 0) {
      const auto moment = parse_instant(table.text(row, time.name));
      if (!moment) {
        table.fail(row, "'" + table.text(row, time.name) +
                            "' is not a moment such as 2025-11-18T03:00:00+07:00");
      }
      at = *moment;
    } else {
      const double after_s = table.required_number(row, time.name) * time.seconds;
      if (!(std::abs(after_s) <= longest_s)) table.fail(row, "its time is out of all reason");
      at = start + from_seconds(after_s);
    }
    if (!series.empty() && at <= series.at.back()) {
      table.fail(row, "its time is not later than that of the line before");
    }
    const double value = table.required_number(row, values);
    if (!std::isfinite(value)) table.fail(row, "'" + values + "' is not a finite number");
    if (value < lowest) {
      table.fail(row, "'" + values + "' is " + table.text(row, values) + ", below " +
                          std::to_string(std::lround(lowest)));
    }
    series.at.push_back(at);
    series.value.push_back(value);
  }
  if (series.empty()) throw FileError(path.string(), "holds no values");
  return series;
}

}  // namespace kontwin::flood
