#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kontwin {

/// What an importer took, left out and repaired, for the user to read. Everything is counted under
/// a short name (`ways cut`); the first messages are kept word for word, the rest only counted.
class ImportReport {
 public:
  static constexpr std::size_t messages_kept = 200;

  /// Adds to a count.
  void count(std::string_view what, std::size_t times = 1);
  /// Adds one to a count and keeps the message: `file: way 123: node 456 is missing; ...`.
  void note(std::string_view what, std::string message);

  const std::map<std::string, std::size_t, std::less<>>& counts() const { return counts_; }
  /// The count under a name; 0 where nothing was counted.
  std::size_t counted(std::string_view what) const;
  const std::vector<std::string>& messages() const { return messages_; }
  /// Messages that were counted but not kept.
  std::size_t messages_left_out() const { return left_out_; }

 private:
  std::map<std::string, std::size_t, std::less<>> counts_;
  std::vector<std::string> messages_;
  std::size_t left_out_ = 0;
};

}  // namespace kontwin
