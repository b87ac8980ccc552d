#include "io/flood/lisflood_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, long line, const std::string& reason) {
  throw FileError(path.string(), line, reason);
}

double unit_s(const std::filesystem::path& path, const WordLine& line, const std::string& unit) {
  if (unit.starts_with("second")) return 1;
  if (unit.starts_with("hour")) return 3600;
  if (unit.starts_with("day")) return 86400;
  fail(path, line.number, "'" + unit + "' is none of: seconds, hours, days");
}

/// A series from its line with count and unit on; `next` becomes the line after it.
TimeSeries read_points(const std::filesystem::path& path, const std::vector<WordLine>& lines,
                       std::size_t& next, Instant start) {
  const WordLine& head = lines[next++];
  if (head.words.size() < 2) fail(path, head.number, "needs how many points, and their unit");
  const double count = number_of(path, head, 0);
  const double seconds = unit_s(path, head, head.words[1]);
  if (!(count >= 1) || count != std::floor(count) ||
      count > static_cast<double>(lines.size() - next)) {
    fail(path, head.number,
         "says that " + head.words[0] + " points follow, and there are " +
             std::to_string(lines.size() - next) + " lines");
  }
  TimeSeries series;
  for (double i = 0; i < count; ++i) {
    const WordLine& line = lines[next++];
    if (line.words.size() < 2) fail(path, line.number, "needs a value and a time");
    const Instant at = start + from_seconds(number_of(path, line, 1) * seconds);
    if (!series.empty() && at <= series.at.back()) {
      fail(path, line.number, "its time is not later than that of the line before");
    }
    series.at.push_back(at);
    series.value.push_back(number_of(path, line, 0));
  }
  return series;
}

}  // namespace

std::map<std::string, TimeSeries> read_bdy(const std::filesystem::path& path, Instant start) {
  const auto lines = read_words(path, false);
  std::map<std::string, TimeSeries> all;
  std::size_t next = 1;  // behind the comment
  while (next < lines.size()) {
    const WordLine& name = lines[next++];
    if (next >= lines.size()) fail(path, name.number, "nothing follows the name");
    if (!all.emplace(name.words[0], read_points(path, lines, next, start)).second) {
      fail(path, name.number, "there is a series '" + name.words[0] + "' already");
    }
  }
  return all;
}

TimeSeries read_lisflood_series(const std::filesystem::path& path, Instant start) {
  const auto lines = read_words(path, false);
  if (lines.size() < 3) throw FileError(path.string(), "holds no series");
  std::size_t next = 1;
  return read_points(path, lines, next, start);
}

std::vector<BciLine> read_bci(const std::filesystem::path& path) {
  static constexpr std::array kinds{"CLOSED", "FREE", "HFIX", "HVAR", "QFIX", "QVAR"};
  std::vector<BciLine> all;
  for (const WordLine& line : read_words(path, true)) {
    BciLine taken;
    taken.line = line.number;
    taken.where = line.words[0][0];
    if (line.words[0].size() != 1 || std::string("NESWP").find(taken.where) == std::string::npos) {
      fail(path, line.number,
           "begins with '" + line.words[0] + "', and must with N, E, S, W or P for a point");
    }
    taken.from = number_of(path, line, 1);
    taken.to = number_of(path, line, 2);
    if (line.words.size() < 4) fail(path, line.number, "names no kind of boundary");
    taken.kind = line.words[3];
    if (std::ranges::find(kinds, taken.kind) == kinds.end()) {
      fail(path, line.number,
           "'" + taken.kind + "' is none of: CLOSED, FREE, HFIX, HVAR, QFIX, QVAR");
    }
    const bool item = line.words.size() > 4 && !line.words[4].starts_with('#');
    if (!item && taken.kind != "CLOSED" && taken.kind != "FREE") {
      fail(path, line.number, taken.kind + " needs a value, or the name of a series");
    }
    if (item && taken.kind.ends_with("VAR")) taken.series = line.words[4];
    if (item && (taken.kind.ends_with("FIX") || taken.kind == "FREE")) {
      taken.value = number_of(path, line, 4);
    }
    all.push_back(std::move(taken));
  }
  return all;
}

}  // namespace kontwin::flood
