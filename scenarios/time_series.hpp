#pragma once

#include <string>

#include "twin/forcing.hpp"

namespace kontwin {

/// Refuses a series that cannot drive a run. Throws ScenarioError naming `what` and the moment when
/// times do not rise, a value is not finite or is below 0, or lengths differ.
void check_series(const TimeSeries& series, const std::string& what);

/// The mean of a series over [from, to], exact for straight lines and held values; its value at
/// `from` when the span is empty; 0 for an empty series.
double mean_over(const TimeSeries& series, Instant from, Instant to);

}  // namespace kontwin
