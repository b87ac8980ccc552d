#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "io/flood/word_lines.hpp"
#include "twin/forcing.hpp"

// The text files of LISFLOOD-FP. All throw FileError with the line.
namespace kontwin::flood {

/// Series by name of a boundary file (`.bdy`): a comment, then for each series its name, how many
/// points and in which unit their times are, and the points as value and time.
std::map<std::string, TimeSeries> read_bdy(const std::filesystem::path& path, Instant start);

/// The one series of a rain file: a comment, how many points and their unit, and the points.
TimeSeries read_lisflood_series(const std::filesystem::path& path, Instant start);

/// One line of a boundary condition file (`.bci`).
struct BciLine {
  long line = 0;
  char where = 'P';                  ///< N, E, S, W, or P for a point
  double from = 0, to = 0;           ///< of a side; of a point x and y
  std::string kind;                  ///< CLOSED, FREE, HFIX, HVAR, QFIX, QVAR
  std::string series;                ///< its name; empty where the line holds none
  std::optional<double> value = {};  ///< of HFIX and QFIX; of FREE a slope, where it has one
};
std::vector<BciLine> read_bci(const std::filesystem::path& path);

}  // namespace kontwin::flood
