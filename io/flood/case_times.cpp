#include "io/flood/case_times.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>

namespace kontwin::flood {

namespace {

constexpr double most_values = 1e5;

}  // namespace

Duration whole_part(Duration length, Duration most) {
  const Duration::rep parts = (length.count() + most.count() - 1) / most.count();
  for (Duration::rep divisor = std::max<Duration::rep>(parts, 1); divisor < length.count();
       ++divisor) {
    if (length.count() % divisor == 0) return Duration{length.count() / divisor};
  }
  return Duration{1};
}

Duration usual_window(const FloodCase& flood_case) {
  Duration::rep common = std::gcd(flood_case.length.count(), flood_case.every.count());
  for (const Duration length : {flood_case.maps_every, flood_case.record_every}) {
    if (length.count() > 0) common = std::gcd(common, length.count());
  }
  return whole_part(Duration{common}, std::chrono::seconds{60});
}

Duration fitted_interval(double seconds, const std::string& keyword, FloodCase& flood_case) {
  const double least_s = to_seconds(flood_case.length) / most_values;
  if (seconds < least_s) {
    flood_case.notes.push_back("'" + keyword + "' asks for more than 100,000 values: every " +
                               std::to_string(least_s) + " s instead");
    seconds = least_s;
  }
  const Duration every = std::min(from_seconds(seconds), flood_case.length);
  if (every.count() == 0 || flood_case.length % every == Duration{0}) return every;
  const Duration part = whole_part(flood_case.length, every);
  flood_case.notes.push_back("'" + keyword + "' is no whole part of the length: every " +
                             std::to_string(to_seconds(part)) + " s instead");
  return part;
}

void note_short(const std::string& what, const TimeSeries& series, FloodCase& flood_case) {
  if (series.empty()) return;
  const auto tell = [&](Instant at, const char* how) {
    std::array<char, 32> seconds{};
    std::snprintf(seconds.data(), seconds.size(), "%.10g", to_seconds(at - flood_case.start));
    flood_case.notes.push_back(what + " " + how + " " + seconds.data() +
                               " s; beyond it its value there is held");
  };
  if (series.at.front() > flood_case.start) tell(series.at.front(), "begins at");
  // One value holds for all time.
  if (series.at.size() > 1 && series.at.back() < flood_case.start + flood_case.length)
    tell(series.at.back(), "ends at");
}

}  // namespace kontwin::flood
