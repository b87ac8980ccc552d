#include "scenarios/time_series.hpp"

#include <algorithm>
#include <cmath>

#include "twin/error.hpp"

namespace kontwin {

void check_series(const TimeSeries& series, const std::string& what, double most) {
  if (series.at.size() != series.value.size()) {
    throw ScenarioError(what + ": " + std::to_string(series.at.size()) + " moments but " +
                        std::to_string(series.value.size()) + " values");
  }
  for (std::size_t i = 0; i < series.at.size(); ++i) {
    const std::string place = what + " at " + format_instant(series.at[i]);
    if (!std::isfinite(series.value[i])) throw ScenarioError(place + ": the value is not a number");
    if (series.value[i] < 0) {
      throw ScenarioError(place + ": " + std::to_string(series.value[i]) + " is below 0");
    }
    if (series.value[i] > most) {
      throw ScenarioError(place + ": " + std::to_string(series.value[i]) +
                          " is out of all reason, above " + std::to_string(std::llround(most)));
    }
    if (i > 0 && series.at[i] <= series.at[i - 1]) {
      throw ScenarioError(place + ": not later than the moment before it");
    }
  }
}

double mean_over(const TimeSeries& series, Instant from, Instant to) {
  if (series.empty()) return 0;
  if (to <= from) return series.value_at(from);
  double integral = 0;
  Instant begin = from;
  auto next = std::ranges::upper_bound(series.at, from);
  while (begin < to) {
    const Instant end = next == series.at.end() ? to : std::min(*next, to);
    const double first = series.value_at(begin);
    // A held value changes at `end` itself, so the piece is judged by its beginning.
    const double last = series.between == TimeSeries::Between::hold ? first : series.value_at(end);
    integral += 0.5 * (first + last) * to_seconds(end - begin);
    begin = end;
    if (next != series.at.end()) ++next;
  }
  return integral / to_seconds(to - from);
}

}  // namespace kontwin
