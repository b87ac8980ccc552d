#include "io/flood/sfincs_text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <fstream>

#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

/// A whole number of `count` digits from a place of a text, where all of them are.
std::optional<int> digits(const std::string& text, std::size_t from, std::size_t count) {
  if (from + count > text.size()) return std::nullopt;
  int value = 0;
  const char* const begin = text.data() + from;
  const auto [end, error] = std::from_chars(begin, begin + count, value);
  if (error != std::errc{} || end != begin + count || *begin == '-') return std::nullopt;
  return value;
}

}  // namespace

SfincsInput::SfincsInput(const std::filesystem::path& path) : path_(path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileError(path.string(), "cannot be opened");
  std::string text;
  for (long number = 1; std::getline(file, text); ++number) {
    const std::string line = trimmed(text.substr(0, text.find_first_of("!#")));
    if (line.empty()) continue;
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw FileError(path.string(), number, "'" + line + "' is no 'keyword = value'");
    }
    Keyword keyword{number, lower(trimmed(line.substr(0, equals))),
                    trimmed(line.substr(equals + 1))};
    const auto same = std::ranges::find(keywords_, keyword.name, &Keyword::name);
    if (same != keywords_.end()) {
      throw FileError(
          path.string(), number,
          "'" + keyword.name + "' stands here twice, first in line " + std::to_string(same->line));
    }
    keywords_.push_back(std::move(keyword));
  }
}

const SfincsInput::Keyword* SfincsInput::find(const std::string& name) const {
  const auto found = std::ranges::find(keywords_, name, &Keyword::name);
  return found == keywords_.end() || found->value.empty() || found->value == "none" ? nullptr
                                                                                    : &*found;
}

void SfincsInput::fail(const std::string& name, const std::string& reason) const {
  const auto found = std::ranges::find(keywords_, name, &Keyword::name);
  if (found == keywords_.end()) throw FileError(path_.string(), reason);
  throw FileError(path_.string(), found->line, reason);
}

std::optional<std::string> SfincsInput::text(const std::string& name) const {
  const Keyword* const keyword = find(name);
  return keyword == nullptr ? std::nullopt : std::optional(keyword->value);
}

std::optional<double> SfincsInput::number(const std::string& name, double low, double high) const {
  const Keyword* const keyword = find(name);
  if (keyword == nullptr) return std::nullopt;
  const double value = number_of(path_, {keyword->line, {keyword->value}}, 0);
  if (!(value >= low && value <= high)) {
    fail(name, "'" + name + "' is " + keyword->value + ", and must lie between " +
                   std::to_string(low) + " and " + std::to_string(high));
  }
  return value;
}

std::optional<bool> SfincsInput::flag(const std::string& name) const {
  const Keyword* const keyword = find(name);
  if (keyword == nullptr) return std::nullopt;
  const auto letter = keyword->value.find_first_not_of('.');
  const char first = letter == std::string::npos ? ' ' : lower(keyword->value)[letter];
  if (std::string_view("1ty").find(first) != std::string_view::npos) return true;
  if (std::string_view("0fn").find(first) != std::string_view::npos) return false;
  fail(name, "'" + name + "' is '" + keyword->value + "', and must be 0 or 1");
}

std::optional<std::filesystem::path> SfincsInput::file(const std::string& name) const {
  const Keyword* const keyword = find(name);
  if (keyword == nullptr) return std::nullopt;
  return path_.parent_path() / keyword->value;
}

std::filesystem::path SfincsInput::required_file(const std::string& name) const {
  const auto given = file(name);
  if (!given) fail(name, "the keyword '" + name + "' is missing or names no file");
  return *given;
}

std::optional<Instant> SfincsInput::moment(const std::string& name) const {
  const Keyword* const keyword = find(name);
  if (keyword == nullptr) return std::nullopt;
  const std::string& text = keyword->value;
  const auto year = digits(text, 0, 4), month = digits(text, 4, 2), day = digits(text, 6, 2);
  const auto hour = digits(text, 9, 2), minute = digits(text, 11, 2), second = digits(text, 13, 2);
  if (year && month && day && hour && minute && second && text.size() == 15 && text[8] == ' ') {
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (date.ok() && *hour < 24 && *minute < 60 && *second < 60) {
      return Instant{std::chrono::sys_days{date} + std::chrono::hours{*hour} +
                     std::chrono::minutes{*minute} + std::chrono::seconds{*second}};
    }
  }
  fail(name, "'" + name + "' is '" + text + "', and must be a moment: yyyymmdd HHMMSS");
}

std::vector<SfincsPoint> read_sfincs_points(const std::filesystem::path& path,
                                            const GridTurn& turn) {
  std::vector<SfincsPoint> points;
  for (const WordLine& line : read_words(path, true)) {
    SfincsPoint point{turn.along_axes({number_of(path, line, 0), number_of(path, line, 1)}), ""};
    for (std::size_t word = 2; word < line.words.size(); ++word) {
      point.name += (word > 2 ? " " : "") + line.words[word];
    }
    std::erase_if(point.name, [](char letter) { return letter == '"' || letter == '\''; });
    if (point.name.empty()) point.name = std::to_string(points.size() + 1);
    points.push_back(std::move(point));
  }
  if (points.empty()) throw FileError(path.string(), "holds no points");
  return points;
}

std::vector<TimeSeries> read_sfincs_series(const std::filesystem::path& path, Instant reference,
                                           std::size_t columns, double lowest) {
  std::vector<TimeSeries> series(columns);
  for (const WordLine& line : read_words(path, true)) {
    if (line.words.size() != columns + 1) {
      throw FileError(path.string(), line.number,
                      "holds " + std::to_string(line.words.size()) + " numbers, and must hold " +
                          std::to_string(columns + 1) + ": a time, and a value for each place");
    }
    const Instant at = reference + from_seconds(number_of(path, line, 0));
    if (!series.front().empty() && at <= series.front().at.back()) {
      throw FileError(path.string(), line.number,
                      "its time is not later than that of the line before");
    }
    for (std::size_t column = 0; column < columns; ++column) {
      const double value = number_of(path, line, column + 1);
      if (value < lowest) {
        throw FileError(path.string(), line.number,
                        "'" + line.words[column + 1] + "' lies below " + std::to_string(lowest));
      }
      series[column].at.push_back(at);
      series[column].value.push_back(value);
    }
  }
  if (series.front().empty()) throw FileError(path.string(), "holds no series");
  return series;
}

std::vector<SfincsLine> read_sfincs_lines(const std::filesystem::path& path, std::size_t numbers,
                                          const GridTurn& turn) {
  std::vector<WordLine> words = read_words(path, true);
  std::erase_if(words, [](const WordLine& line) { return line.words[0].starts_with('*'); });
  std::vector<SfincsLine> lines;
  std::size_t next = 0;
  while (next < words.size()) {
    const WordLine& name = words[next++];
    SfincsLine taken{name.number, name.words[0], {}, {}};
    for (std::size_t word = 1; word < name.words.size(); ++word) {
      taken.name += " " + name.words[word];
    }
    if (next >= words.size())
      throw FileError(path.string(), name.number, "nothing follows the name");
    const WordLine& head = words[next++];
    const double count = number_of(path, head, 0);
    const double width = number_of(path, head, 1);
    if (!(count >= 2) || count != std::floor(count) ||
        count > static_cast<double>(words.size() - next)) {
      throw FileError(path.string(), head.number,
                      "says that " + head.words[0] +
                          " points follow, and there must be two or "
                          "more, and are " +
                          std::to_string(words.size() - next) + " lines");
    }
    if (width < static_cast<double>(numbers)) {
      throw FileError(path.string(), head.number,
                      "says that a point has " + head.words[1] + " numbers, and needs " +
                          std::to_string(numbers));
    }
    for (double i = 0; i < count; ++i) {
      const WordLine& point = words[next++];
      taken.points.push_back(
          turn.along_axes({number_of(path, point, 0), number_of(path, point, 1)}));
      if (numbers > 2) taken.third.push_back(number_of(path, point, 2));
    }
    lines.push_back(std::move(taken));
  }
  if (lines.empty()) throw FileError(path.string(), "holds no lines");
  return lines;
}

}  // namespace kontwin::flood
