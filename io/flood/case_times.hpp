#pragma once

#include "io/flood/flood_case.hpp"

namespace kontwin::flood {

/// The start of a case without a date: any would do, and it is always this.
inline constexpr Instant undated_start{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};

/// The longest whole part of a length that is no longer than `most`.
Duration whole_part(Duration length, Duration most);

/// A whole part of all lengths of a case, no longer than a minute.
Duration usual_window(const FloodCase& flood_case);

}  // namespace kontwin::flood
