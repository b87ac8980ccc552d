#pragma once

#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

namespace kontwin {

/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z. All times inside are UTC; Vietnam
/// (UTC+07:00) appears only where text is read or written.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// A length of time, in whole milliseconds. Whole numbers, so that windows add up without drift.
using Duration = std::chrono::milliseconds;

/// `duration` in seconds, as the kernels use it.
constexpr double to_seconds(Duration duration) {
  return static_cast<double>(duration.count()) / 1000.0;
}

/// `seconds` rounded to the nearest millisecond.
inline Duration from_seconds(double seconds) { return Duration{std::llround(seconds * 1000.0)}; }

/// A moment as a state-table cell: seconds since the epoch.
constexpr double to_cell(Instant at) { return to_seconds(at.time_since_epoch()); }

/// Reads an ISO 8601 moment: `2025-11-18T03:00:00+07:00`, `...Z`, with seconds and milliseconds
/// optional and a space allowed for `T`. A text without an offset is refused, because guessing the
/// zone of a gauge reading moves a flood by seven hours. Returns nothing if `text` is not a moment.
std::optional<Instant> parse_instant(std::string_view text);

/// Writes `at` in Vietnam's time: `2025-11-18T03:00:00+07:00` (milliseconds only where not zero).
std::string format_instant(Instant at);

/// Writes `at` for people, in Vietnam's time: `03:00 18/11/2025`.
std::string format_local(Instant at);

/// Reads a length of time: a whole or decimal number with `ms`, `s`, `min`, `h` or `d`, a sign
/// allowed: `90s`, `1.5h`, `-20min`. Returns nothing if `text` is not one, or one of more than a
/// hundred years, so that moments and lengths of time can be added without a thought.
std::optional<Duration> parse_duration(std::string_view text);

}  // namespace kontwin
