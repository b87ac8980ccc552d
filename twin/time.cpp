#include "twin/time.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace kontwin {

namespace {

constexpr std::chrono::hours vietnam_offset{7};

/// Takes `digits` decimal digits from the front of `text`; false when they are not all there.
bool take_digits(std::string_view& text, std::size_t digits, int& value) {
  if (text.size() < digits) return false;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  std::from_chars(text.data(), text.data() + digits, value);
  text.remove_prefix(digits);
  return true;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

/// Takes `Z` or `+hh:mm`; the offset from UTC in minutes.
std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return std::chrono::minutes{0};
  const bool behind = !text.empty() && text.front() == '-';
  if (!behind && (text.empty() || text.front() != '+')) return std::nullopt;
  text.remove_prefix(1);
  int hours = 0;
  int minutes = 0;
  if (!take_digits(text, 2, hours)) return std::nullopt;
  if (take(text, ':') || !text.empty()) {
    if (!take_digits(text, 2, minutes)) return std::nullopt;
  }
  if (hours > 14 || minutes > 59) return std::nullopt;
  const std::chrono::minutes offset{hours * 60 + minutes};
  return behind ? -offset : offset;
}

struct LocalTime {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<Duration> clock;
};

LocalTime in_vietnam(Instant at) {
  const auto shifted = at + vietnam_offset;
  const auto day = std::chrono::floor<std::chrono::days>(shifted);
  return {std::chrono::year_month_day{day}, std::chrono::hh_mm_ss<Duration>{shifted - day}};
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0;
  if (!take_digits(text, 4, year) || !take(text, '-') || !take_digits(text, 2, month) ||
      !take(text, '-') || !take_digits(text, 2, day)) {
    return std::nullopt;
  }
  if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
  if (!take_digits(text, 2, hour) || !take(text, ':') || !take_digits(text, 2, minute)) {
    return std::nullopt;
  }
  if (take(text, ':')) {
    if (!take_digits(text, 2, second)) return std::nullopt;
    if (take(text, '.')) {
      int scale = 100;
      int digit = 0;
      if (!take_digits(text, 1, digit)) return std::nullopt;
      do {
        millisecond += digit * scale;
        scale /= 10;
      } while (take_digits(text, 1, digit));
    }
  }
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;

  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second} + Duration{millisecond} - *offset;
}

std::string format_instant(Instant at) {
  const auto local = in_vietnam(at);
  std::array<char, 64> buffer{};
  const auto milliseconds = local.clock.subseconds().count();
  const auto length =
      std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d",
                    int{local.date.year()}, unsigned{local.date.month()},
                    unsigned{local.date.day()}, static_cast<int>(local.clock.hours().count()),
                    static_cast<int>(local.clock.minutes().count()),
                    static_cast<int>(local.clock.seconds().count()));
  std::string text(buffer.data(), static_cast<std::size_t>(length));
  if (milliseconds != 0) {
    std::snprintf(buffer.data(), buffer.size(), ".%03d", static_cast<int>(milliseconds));
    text += buffer.data();
  }
  return text + "+07:00";
}

std::string format_local(Instant at) {
  const auto local = in_vietnam(at);
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%02d:%02d %02u/%02u/%04d",
                static_cast<int>(local.clock.hours().count()),
                static_cast<int>(local.clock.minutes().count()), unsigned{local.date.day()},
                unsigned{local.date.month()}, int{local.date.year()});
  return buffer.data();
}

std::optional<Duration> parse_duration(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, double>, 5> units{
      {{"ms", 0.001}, {"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}}};
  take(text, '+');
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  constexpr double longest_s = 100 * 366 * 86400.0;
  for (const auto& [name, seconds] : units) {
    if (unit != name) continue;
    // Not a number fails this too.
    if (!(std::abs(number * seconds) <= longest_s)) return std::nullopt;
    return from_seconds(number * seconds);
  }
  return std::nullopt;
}

}  // namespace kontwin
