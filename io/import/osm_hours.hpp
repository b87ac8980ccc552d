#pragma once

#include <optional>
#include <string_view>

#include "twin/time.hpp"

namespace kontwin {

/// A moment as clocks and calendars on the spot show it.
struct LocalMoment {
  int weekday = 0;  ///< 0 Monday to 6 Sunday
  int minute = 0;   ///< of the day, 0 to 1439
};

/// In Vietnam's time.
LocalMoment local_moment(Instant at);

/// Whether a moment lies within hours as OpenStreetMap writes them (`Mo-Fr 07:00-09:00,16:00-18:00;
/// Sa 08:00-12:00`, `22:00-05:00`, `Su`, `24/7`). Public and school holidays are not known, so
/// their hours are none. Nothing where anything else stands there (months, weights, sunset): a rule
/// that is not understood is not one that holds.
std::optional<bool> hours_hold(std::string_view hours, LocalMoment at);

/// The same of the older tags `day_on`, `day_off` (names of days), `hour_on`, `hour_off` (`07:30`,
/// several with `;`), each of which may be empty.
std::optional<bool> hours_hold(std::string_view day_on, std::string_view day_off,
                               std::string_view hour_on, std::string_view hour_off, LocalMoment at);

}  // namespace kontwin
