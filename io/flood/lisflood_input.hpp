#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/flood/word_lines.hpp"

namespace kontwin::flood {

/// The keywords of a parameter file of LISFLOOD-FP (`.par`): a keyword and its value a line. Upper
/// and lower case count as one, and second names as the first (`nfp` is `fpfric`).
class LisfloodInput {
 public:
  /// Throws FileError, with the line, for a keyword that changes the flow and is not read here, and
  /// for one that stands there twice.
  explicit LisfloodInput(const std::filesystem::path& path);

  bool has(const std::string& keyword) const { return find(keyword) != nullptr; }
  /// Throws where the keyword is there without a value.
  std::optional<std::string> text(const std::string& keyword) const;
  /// Throws for what is not a number from `low` to `high`.
  std::optional<double> number(const std::string& keyword, double low, double high) const;
  /// A file that it names, where it lies.
  std::optional<std::filesystem::path> file(const std::string& keyword) const;
  [[noreturn]] void fail(const std::string& keyword, const std::string& reason) const;

  const std::filesystem::path& path() const { return path_; }
  /// One for each keyword that is not known.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  const WordLine* find(const std::string& keyword) const;

  std::filesystem::path path_;
  std::vector<WordLine> lines_;  // their keywords in lower case, by their first names
  std::vector<std::string> notes_;
};

}  // namespace kontwin::flood
