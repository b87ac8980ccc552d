#include "io/flood/word_lines.hpp"

#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

#include "twin/error.hpp"

namespace kontwin::flood {

std::vector<WordLine> read_words(const std::filesystem::path& path, bool comments) {
  std::ifstream file(path, std::ios::binary);
  std::error_code error;
  if (!file || std::filesystem::is_directory(path, error)) {
    throw FileError(path.string(), "cannot be opened");
  }
  std::vector<WordLine> lines;
  std::string text;
  for (long number = 1; std::getline(file, text); ++number) {
    // What editors on Windows put before the first word.
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (number == 1 && text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    if (comments && text.starts_with('#')) continue;
    std::istringstream words(text);
    WordLine line{number, {}};
    for (std::string word; words >> word;) line.words.push_back(word);
    if (!line.words.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

double number_of(const std::filesystem::path& path, const WordLine& line, std::size_t word) {
  if (word >= line.words.size()) {
    throw FileError(path.string(), line.number,
                    "'" + line.words.front() + "' needs a number behind it");
  }
  const std::string& text = line.words[word];
  const char* const begin = text.data() + (text.starts_with('+') ? 1 : 0);
  double value = 0;
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
  constexpr double most = 1e15;
  if (error != std::errc{} || end != text.data() + text.size() || !(std::abs(value) <= most)) {
    throw FileError(path.string(), line.number, "'" + text + "' is not a number");
  }
  return value;
}

}  // namespace kontwin::flood
