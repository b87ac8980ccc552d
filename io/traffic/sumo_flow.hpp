#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/traffic/xml_reader.hpp"
#include "scenarios/traffic/network/units.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic {

/// No vehicle departs later: thirty thousand years, which microseconds can still count.
inline constexpr double latest_moment_s = 1e12;

/// A moment as SUMO writes it: seconds, or `hours:minutes:seconds` with days before it where there
/// are any. Nothing where it is none (`triggered`).
std::optional<double> to_seconds(std::string_view text);

/// The moments at which the vehicles of a `flow` depart, rising: `number` of them spread evenly
/// over begin to end, one every `period` seconds or 3600 / `vehsPerHour`, one each second with a
/// `probability`, or `period="exp(rate)"` apart at random. Nothing where it cannot be told:
/// `reason` then says why.
std::optional<std::vector<Micros>> departures_of(const XmlElement& flow, RandomStream stream,
                                                 std::string& reason);

}  // namespace kontwin::traffic
