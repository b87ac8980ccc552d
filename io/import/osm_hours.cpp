#include "io/import/osm_hours.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string>
#include <vector>

namespace kontwin {

namespace {

constexpr int day_min = 24 * 60;
constexpr std::array<std::string_view, 7> days{"mo", "tu", "we", "th", "fr", "sa", "su"};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

std::vector<std::string_view> split(std::string_view text, std::string_view at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find_first_of(at);
    const std::string_view part = trimmed(text.substr(0, end));
    if (!part.empty()) parts.push_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// `Mo`, or a name that begins so.
std::optional<int> weekday(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  for (int day = 0; day < 7; ++day) {
    const std::string_view name = days[static_cast<std::size_t>(day)];
    if (std::tolower(static_cast<unsigned char>(text[0])) == name[0] &&
        std::tolower(static_cast<unsigned char>(text[1])) == name[1]) {
      return day;
    }
  }
  return std::nullopt;
}

/// Days from `first` to `last`, past Sunday where it has to, a bit each.
unsigned days_between(int first, int last) {
  unsigned mask = 1U << static_cast<unsigned>(first);
  while (first != last) mask |= 1U << static_cast<unsigned>(first = (first + 1) % 7);
  return mask;
}

std::optional<int> clock_min(std::string_view text) {
  const std::size_t colon = text.find(':');
  int hour = 0, minute = 0;
  const auto whole = [](std::string_view digits, int& value) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() && value >= 0;
  };
  if (!whole(text.substr(0, colon), hour)) return std::nullopt;
  if (colon != std::string_view::npos && !whole(text.substr(colon + 1), minute)) {
    return std::nullopt;
  }
  if (hour > 24 || minute > 59 || hour * 60 + minute > day_min) return std::nullopt;
  return hour * 60 + minute;
}

bool within(unsigned on_days, int from_min, int to_min, LocalMoment at) {
  const auto on = [on_days](int day) {
    return ((on_days >> static_cast<unsigned>(day)) & 1U) != 0;
  };
  if (from_min < to_min) return on(at.weekday) && at.minute >= from_min && at.minute < to_min;
  // Over midnight it belongs to the day on which it began.
  return (on(at.weekday) && at.minute >= from_min) ||
         (on((at.weekday + 6) % 7) && at.minute < to_min);
}

/// Days and then hours: `Mo,We-Fr 07:00-09:00,16:00-18:00`.
class HoursReader {
 public:
  explicit HoursReader(LocalMoment at) : at_(at) {}

  /// False where the word is not understood.
  bool take(std::string_view word) {
    if (word == "24/7") return take_hours(0, day_min);
    const std::size_t dash = word.find('-');
    const std::string_view first = trimmed(word.substr(0, dash));
    const std::string_view last =
        dash == std::string_view::npos ? first : trimmed(word.substr(dash + 1));
    if (word == "PH" || word == "SH") return take_days(0);
    if (first.size() == 2 && last.size() == 2 && weekday(first) && weekday(last)) {
      return take_days(days_between(*weekday(first), *weekday(last)));
    }
    const auto from_min = clock_min(first);
    const auto to_min = clock_min(last);
    if (dash == std::string_view::npos || !from_min || !to_min) return false;
    return first.find(':') != std::string_view::npos && take_hours(*from_min, *to_min);
  }
  /// Days without hours are whole days.
  void end() {
    if (has_days_ && !has_hours_) take_hours(0, day_min);
    has_days_ = has_hours_ = false;
  }
  bool holds() const { return holds_; }

 private:
  bool take_days(unsigned mask) {
    if (has_hours_) end();
    on_days_ = has_days_ ? on_days_ | mask : mask;
    has_days_ = true;
    return true;
  }
  bool take_hours(int from_min, int to_min) {
    holds_ = holds_ || within(has_days_ ? on_days_ : 0b1111111U, from_min, to_min, at_);
    return has_hours_ = true;
  }

  LocalMoment at_;
  unsigned on_days_ = 0;
  bool has_days_ = false, has_hours_ = false, holds_ = false;
};

}  // namespace

LocalMoment local_moment(Instant at) {
  constexpr auto zone = std::chrono::hours(7);
  const auto local = at + zone;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  return {static_cast<int>(std::chrono::weekday(day).iso_encoding()) - 1,
          static_cast<int>(std::chrono::floor<std::chrono::minutes>(local - day).count())};
}

std::optional<bool> hours_hold(std::string_view hours, LocalMoment at) {
  HoursReader reader(at);
  const auto rules = split(hours, ";");
  if (rules.empty()) return std::nullopt;
  for (const std::string_view rule : rules) {
    for (const std::string_view word : split(rule, ", \t")) {
      if (!reader.take(word)) return std::nullopt;
    }
    reader.end();
  }
  return reader.holds();
}

std::optional<bool> hours_hold(std::string_view day_on, std::string_view day_off,
                               std::string_view hour_on, std::string_view hour_off,
                               LocalMoment at) {
  unsigned on_days = 0b1111111U;
  if (!day_on.empty() || !day_off.empty()) {
    const auto first = weekday(trimmed(day_on));
    const auto last = weekday(trimmed(day_off));
    if (!first || !last) return std::nullopt;
    on_days = days_between(*first, *last);
  }
  const auto from = split(hour_on, ";");
  const auto to = split(hour_off, ";");
  if (from.size() != to.size()) return std::nullopt;
  if (from.empty()) return within(on_days, 0, day_min, at);
  bool holds = false;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const auto from_min = clock_min(from[i]);
    const auto to_min = clock_min(to[i]);
    if (!from_min || !to_min) return std::nullopt;
    holds = holds || within(on_days, *from_min, *to_min, at);
  }
  return holds;
}

}  // namespace kontwin
