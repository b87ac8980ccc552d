#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "io/flood/word_lines.hpp"
#include "twin/forcing.hpp"
#include "twin/geometry.hpp"
#include "twin/grid_turn.hpp"

// The text files of SFINCS. All throw FileError with the line.
namespace kontwin::flood {

/// The keywords of an input file (`sfincs.inp`): `keyword = value` a line. Upper and lower case
/// count as one; what follows `!` or `#` is not read.
class SfincsInput {
 public:
  /// Throws for a line that is no such pair, and for a keyword that stands there twice.
  explicit SfincsInput(const std::filesystem::path& path);

  struct Keyword {
    long line = 0;
    std::string name, value;
  };
  const std::vector<Keyword>& keywords() const { return keywords_; }
  /// Nothing where it is not there or has no value.
  const Keyword* find(const std::string& name) const;
  bool has(const std::string& name) const { return find(name) != nullptr; }
  std::optional<std::string> text(const std::string& name) const;
  /// Throws for what is not a number from `low` to `high`.
  std::optional<double> number(const std::string& name, double low, double high) const;
  /// `1`, `true`, `yes` and so on, or their contrary, as whatever case. Throws for another word.
  std::optional<bool> flag(const std::string& name) const;
  /// A file that it names, where it lies.
  std::optional<std::filesystem::path> file(const std::string& name) const;
  std::filesystem::path required_file(const std::string& name) const;
  /// `yyyymmdd HHMMSS`, taken as UTC.
  std::optional<Instant> moment(const std::string& name) const;

  const std::filesystem::path& path() const { return path_; }
  [[noreturn]] void fail(const std::string& name, const std::string& reason) const;

 private:
  std::filesystem::path path_;
  std::vector<Keyword> keywords_;
};

/// A place of a file of `x y`, along the axes of a grid that is turned, and the name behind it, or
/// the number of its line among them.
struct SfincsPoint {
  LocalPoint at;
  std::string name;
};
std::vector<SfincsPoint> read_sfincs_points(const std::filesystem::path& path,
                                            const GridTurn& turn);

/// Series [column] of a file of a time, in seconds since `reference`, and `columns` values a line.
/// Throws for times that do not rise and values below `lowest`.
std::vector<TimeSeries> read_sfincs_series(const std::filesystem::path& path, Instant reference,
                                           std::size_t columns, double lowest);

/// A line with a name and `numbers` numbers a point, x and y first: its name, how many points and
/// numbers, the points, along the axes of a grid that is turned.
struct SfincsLine {
  long line = 0;  ///< of its name in the file
  std::string name;
  std::vector<LocalPoint> points;
  std::vector<double> third;  ///< [point] the third number, where there is one
};
std::vector<SfincsLine> read_sfincs_lines(const std::filesystem::path& path, std::size_t numbers,
                                          const GridTurn& turn);

}  // namespace kontwin::flood
