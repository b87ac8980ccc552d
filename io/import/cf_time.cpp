#include "io/import/cf_time.hpp"

#include <chrono>
#include <cstdio>

namespace kontwin {

namespace {

std::optional<double> seconds_of(const std::string& unit) {
  if (unit.starts_with("sec") || unit == "s") return 1;
  if (unit.starts_with("min")) return 60;
  if (unit.starts_with("h")) return 3600;
  if (unit.starts_with("d")) return 86400;
  return std::nullopt;
}

std::optional<Instant> moment_of(const std::string& unit) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, taken = 0;
  double second = 0;
  char between = ' ';
  if (std::sscanf(unit.c_str(), "%*s since %5d-%2d-%2d%n", &year, &month, &day, &taken) != 3) {
    return std::nullopt;
  }
  std::string rest = unit.substr(static_cast<std::size_t>(taken));
  if (std::sscanf(rest.c_str(), "%c%2d:%2d%n", &between, &hour, &minute, &taken) == 3) {
    rest = rest.substr(static_cast<std::size_t>(taken));
    if (std::sscanf(rest.c_str(), ":%lf%n", &second, &taken) == 1) {
      rest = rest.substr(static_cast<std::size_t>(taken));
    }
  }
  std::erase(rest, ' ');
  const bool utc = rest.empty() || rest == "Z" || rest == "UTC" || rest == "+00:00" ||
                   rest == "+0000" || rest == "+00";
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!utc || !date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
      !(second >= 0 && second < 60)) {
    return std::nullopt;
  }
  return Instant{std::chrono::sys_days{date} + std::chrono::hours{hour} +
                 std::chrono::minutes{minute}} +
         from_seconds(second);
}

}  // namespace

std::optional<CfTime> CfTime::of(const std::string& unit) {
  const auto seconds = seconds_of(unit.substr(0, unit.find(' ')));
  if (!seconds) return std::nullopt;
  return CfTime{*seconds, moment_of(unit)};
}

}  // namespace kontwin
