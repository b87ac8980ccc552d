#pragma once

#include <cmath>
#include <filesystem>
#include <string>

#include "io/import/csv_reader.hpp"
#include "twin/forcing.hpp"

namespace kontwin::flood {

/// Which columns of a CSV file are meant. Where nothing is said, the time is in the column
/// `time_s`, `time_min` or `time_h` (after the start) or `moment` (ISO 8601 with an offset, which
/// needs a `dated` start), and the values are in the only other one.
struct SeriesColumns {
  std::string value = {};  ///< name of the column of values
  /// By their places, from 1, whatever they are called; 0: by name.
  std::size_t time_place = 0, value_place = 0;
  double time_unit_s = 1;  ///< of the time that is found by its place
};

/// Reads a quantity over time from a CSV file. Throws FileError with the line for a time or value
/// that is missing or not a finite number, values below `lowest`, and times that do not rise.
TimeSeries read_case_series(const std::filesystem::path& path, const SeriesColumns& columns,
                            Instant start, bool dated, double lowest = -HUGE_VAL);

/// The name of the column at a place from 1. Throws FileError where there is none.
std::string column_at(const CsvTable& table, const std::filesystem::path& path, std::size_t place);

}  // namespace kontwin::flood
