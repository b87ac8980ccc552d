#pragma once

#include <span>
#include <string>
#include <vector>

#include "twin/world.hpp"

namespace kontwin {

/// How much a problem of a world matters.
enum class ProblemSeverity : std::uint8_t {
  note,     ///< something is not known or not named; nothing is wrong
  warning,  ///< results near it may be wrong
  error,    ///< the world cannot run
};

/// `note`, `warning` or `error`.
std::string_view name_of(ProblemSeverity severity);
/// `ghi chú`, `cảnh báo` or `lỗi`.
std::string_view vietnamese_name_of(ProblemSeverity severity);

/// One thing that is wrong with a world.
struct WorldProblem {
  ProblemSeverity severity = ProblemSeverity::note;
  std::string what;   ///< `disconnected_roads`, ...: the same for all problems of a sort
  std::string where;  ///< a URN, `river Đăk Bla, 12.4 km`, `terrain province`, `kind school`
  std::string reason_vi;
  std::string reason_en;
};

/// Lists what is wrong with a world, by sort, then by row, the same list for the same world. Errors
/// are what World::seal refuses, and heights and places that are not numbers. Warnings: roads
/// outside the largest strongly connected part, a length shorter than the straight line, a shape
/// that does not meet its junctions; rivers whose bed or terrain runs uphill; entities outside the
/// extent or the terrain; gauges far from any river or with alarm levels out of order; hospitals,
/// health stations, schools and shelters that cannot be reached; required attributes that are not
/// known. Notes: names and titles of sources that are missing, counted by kind.
std::vector<WorldProblem> check_world(const World& world);

/// The same for parts that may not seal, so that a user sees all that is wrong at once.
std::vector<WorldProblem> check_parts(const WorldParts& parts);

/// True when no problem is an error.
bool can_run(std::span<const WorldProblem> problems);

}  // namespace kontwin
