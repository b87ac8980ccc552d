#pragma once

#include <cstdint>
#include <limits>

// What the writer and the reader of world files agree on (docs/formats.md).
namespace kontwin::world_format {

inline constexpr std::int64_t format_version = 2;
inline constexpr const char* format_name = "kontwin-world";
/// An end of validity that is not there.
inline constexpr std::int64_t no_instant = std::numeric_limits<std::int64_t>::min();

// Members whose lists are stored end to end.
inline constexpr auto outline_of = [](auto& unit) -> auto& { return unit.outline; };
inline constexpr auto line_of = [](auto& river) -> auto& { return river.line; };
inline constexpr auto bed_of = [](auto& river) -> auto& { return river.bed_m; };
inline constexpr auto width_of = [](auto& river) -> auto& { return river.width_m; };
inline constexpr auto bank_of = [](auto& river) -> auto& { return river.bank_depth_m; };

}  // namespace kontwin::world_format
