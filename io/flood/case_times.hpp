#pragma once

#include <string>

#include "io/flood/flood_case.hpp"

namespace kontwin::flood {

/// The start of a case without a date: any would do, and it is always this.
inline constexpr Instant undated_start{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};

/// The longest whole part of a length that is no longer than `most`.
Duration whole_part(Duration length, Duration most);

/// A whole part of all lengths of a case, no longer than a minute.
Duration usual_window(const FloodCase& flood_case);

/// The time between outputs that `keyword` asks for, no longer than the case's length: where it is
/// no whole part of that, the longest shorter one that is, and a note.
Duration fitted_interval(double seconds, const std::string& keyword, FloodCase& flood_case);

/// Notes where a series leaves a part of the case's time to the value of its first or last point.
void note_short(const std::string& what, const TimeSeries& series, FloodCase& flood_case);

}  // namespace kontwin::flood
