#pragma once

#include <optional>
#include <string>

#include "twin/time.hpp"

namespace kontwin {

/// What the unit of a time says by the conventions for climate and forecast metadata (CF), such as
/// `minutes since 2010-02-05 00:00:00`.
struct CfTime {
  double unit_s = 1;            ///< seconds, minutes, hours or days
  std::optional<Instant> zero;  ///< in UTC; nothing where it is not said or in another zone

  /// Nothing where the unit is none of those.
  static std::optional<CfTime> of(const std::string& unit);
};

}  // namespace kontwin
