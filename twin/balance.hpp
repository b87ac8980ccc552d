#pragma once

#include <string_view>

namespace kontwin {

/// What an engine must be able to answer for at every exchange, in one unit: what was there at the
/// start and what came in is inside, or left, or is listed as lost with a reason.
struct Balance {
  std::string_view quantity;  ///< `water`, `vehicles`, `people`
  std::string_view unit;      ///< `m³`, `veh`, `person`
  double initial = 0;         ///< inside at the start
  double entered = 0;         ///< since the start
  double left = 0;            ///< since the start
  double lost = 0;            ///< since the start, each listed with a reason by its engine
  double inside = 0;          ///< counted now, not computed from the others
  double tolerance = 0;       ///< how far `error` may be from 0: 0 for things that are counted

  double error() const { return inside - (initial + entered - left - lost); }
};

}  // namespace kontwin
