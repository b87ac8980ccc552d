#include "twin/number_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace kontwin {

namespace {

struct UnitWords {
  std::string_view unit, vietnamese, english;
};

constexpr std::array<UnitWords, 5> unit_words{{{"person", "người", "people"},
                                               {"person·day", "người·ngày", "person-days"},
                                               {"veh", "xe", "vehicles"},
                                               {"min", "phút", "min"},
                                               {"h", "giờ", "h"}}};

struct Signs {
  std::string_view group, decimal;
};

Signs signs_of(Language language) {
  switch (language) {
    case Language::vietnamese:
      return {".", ","};
    case Language::english:
      return {",", "."};
    case Language::both:
      break;
  }
  return {"\u00a0", ","};
}

}  // namespace

std::string number_text(double value, int decimals, Language language) {
  if (!std::isfinite(value)) return "–";
  std::array<char, 352> digits{};  // the largest double has 309 digits
  std::snprintf(digits.data(), digits.size(), "%.*f", decimals, std::abs(value));
  std::string text = digits.data();
  const bool zero = text.find_first_not_of("0.") == std::string::npos;
  const auto [group, decimal] = signs_of(language);
  const std::size_t point = std::min(text.find('.'), text.size());
  if (point < text.size()) text.replace(point, 1, decimal);
  for (std::size_t at = point; at > 3; at -= 3) text.insert(at - 3, group);
  return value < 0 && !zero ? "−" + text : text;
}

int decimals_for(std::span<const double> values) {
  double largest = 0;
  bool whole = true;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    largest = std::max(largest, std::abs(value));
    whole = whole && value == std::round(value);
  }
  return whole || largest >= 100 ? 0 : largest >= 10 ? 1 : 2;
}

std::string unit_text(std::string_view unit, Language language) {
  const auto found = std::ranges::find(unit_words, unit, &UnitWords::unit);
  if (found == unit_words.end()) return std::string(unit);
  if (language == Language::vietnamese) return std::string(found->vietnamese);
  if (language == Language::english) return std::string(found->english);
  return std::string(found->vietnamese) + " / " + std::string(found->english);
}

}  // namespace kontwin
