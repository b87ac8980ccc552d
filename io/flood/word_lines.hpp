#pragma once

#include <filesystem>
#include <string>
#include <vector>

// Text files of words and numbers, as hydraulic models have them. All throw FileError with the
// line.
namespace kontwin::flood {

/// A line of a text file, cut at its blanks.
struct WordLine {
  long number = 0;
  std::vector<std::string> words;
};

/// The lines of a file that are neither empty nor, where `comments`, begin with `#`.
std::vector<WordLine> read_words(const std::filesystem::path& path, bool comments);

/// A number of a line, its first word counting as 0.
double number_of(const std::filesystem::path& path, const WordLine& line, std::size_t word);

}  // namespace kontwin::flood
