#pragma once

#include <string>

#include "twin/forcing.hpp"

namespace kontwin {

/// Refuses a series that cannot drive a run. Throws ScenarioError naming `what` and the moment when
/// times do not rise, a value is not finite, below 0 or above `most`, or lengths differ. What is
/// left out is more than any discharge or count there is, and what sums of it can still hold.
void check_series(const TimeSeries& series, const std::string& what, double most = 1e9);

/// The mean of a series over [from, to], exact for straight lines and held values; its value at
/// `from` when the span is empty; 0 for an empty series.
double mean_over(const TimeSeries& series, Instant from, Instant to);

}  // namespace kontwin
