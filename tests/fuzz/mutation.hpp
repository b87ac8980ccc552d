#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace kontwin::fuzz {

/// Damages seeds: the same sequence of inputs in every run and on every machine.
class Mutation {
 public:
  Mutation(std::span<const std::string> seeds, std::size_t longest)
      : seeds_(seeds), longest_(longest) {}

  /// A seed with one to eight changes.
  std::string next() {
    std::string text = seeds_[below(seeds_.size())];
    for (std::size_t changes = 1 + below(8); changes > 0; --changes) change(text);
    if (text.size() > longest_) text.resize(longest_);
    return text;
  }

 private:
  // Not std::uniform_int_distribution, whose values differ from one library to the next.
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  void change(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t span = std::min(1 + below(below(8) == 0 ? 512 : 12), text.size() - at);
    switch (below(9)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
      case 1:
        if (at < text.size()) text[at] = static_cast<char>(random_());
        break;
      case 2:
        text.erase(at, span);
        break;
      case 3:
        text.insert(at, text.substr(below(text.size() + 1), span));
        break;
      case 4:
        text.resize(at);
        break;
      case 5:
        text.replace(at, span, words[below(words.size())]);
        break;
      case 6:
        overwrite_number(text, at);
        break;
      case 7: {
        const std::string& other = seeds_[below(seeds_.size())];
        text.replace(at, span, other.substr(below(other.size() + 1), below(64)));
        break;
      }
      default:
        nest(text, at);
    }
  }

  /// A binary number at the edge of its type, in either order of bytes.
  void overwrite_number(std::string& text, std::size_t at) {
    static constexpr std::array<std::uint64_t, 10> edges{
        0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF'FFFF, 0xFFFF'FFFF, 0x7FFF'FFFF'FFFF'FFFF, ~0ULL};
    const std::size_t bytes = std::size_t{1} << below(4);
    const std::uint64_t value = edges[below(edges.size())];
    const bool turned = below(2) == 0;
    for (std::size_t i = 0; i < bytes && at + i < text.size(); ++i) {
      const std::size_t shift = 8 * (turned ? bytes - 1 - i : i);
      text[at + i] = static_cast<char>(value >> shift);
    }
  }

  /// Brackets, opened many times.
  void nest(std::string& text, std::size_t at) {
    if (below(16) != 0) return;
    static constexpr std::array<std::string_view, 4> opened{"[", "{\"a\":", "<a>", "("};
    const std::string_view bracket = opened[below(opened.size())];
    std::string many;
    for (std::size_t depth = 1 + below(20'000); depth > 0; --depth) many += bracket;
    text.insert(at, many);
  }

  /// What readers of texts trip over.
  static constexpr std::array<std::string_view, 24> words{"-1",
                                                          "0",
                                                          "1e400",
                                                          "-1e308",
                                                          "nan",
                                                          "inf",
                                                          "9223372036854775808",
                                                          "18446744073709551616",
                                                          "0x7",
                                                          "\"",
                                                          "\n",
                                                          "\r\n",
                                                          ",",
                                                          "#",
                                                          "[]",
                                                          "{}",
                                                          "null",
                                                          "true",
                                                          "%",
                                                          "\xFF",
                                                          "\xEF\xBB\xBF",
                                                          "\xC3\x28",
                                                          "&",
                                                          "<"};

  std::span<const std::string> seeds_;
  std::size_t longest_;
  std::mt19937_64 random_{20251118};
};

}  // namespace kontwin::fuzz
