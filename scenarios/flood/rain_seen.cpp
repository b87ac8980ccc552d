#include "scenarios/flood/rain_seen.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "scenarios/time_series.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr double memory_h = 6;
constexpr double drizzle_mm = 1;
constexpr double most_logarithm = 2;
constexpr double least_hour_mm = 0.5;
/// Of the logarithm of one gauge's hour against the rain around it: an assumption for showers.
constexpr double gauge_spread = 0.4;

}  // namespace

RainSeen::RainSeen(const Branch& branch, const RainField& rain) {
  const auto& places = branch.world->entities(Kind::rain_gauge).place;
  for (const auto& [row, series] : branch.forcing.rain_seen_mmph) {
    const std::string what = "the rain seen by rain gauge " + std::to_string(row);
    if (row >= places.size()) throw ScenarioError(what + ": there is no such gauge");
    check_series(series, what);
    if (!series.empty()) gauges_.push_back({rain.series_at(places[row]), series});
  }
}

void RainSeen::add(std::span<const double> driven_mmph, Instant from, Instant to) {
  double seen_mm = 0, driven_mm = 0;
  std::size_t saw = 0;
  const double hours = to_seconds(to - from) / 3600;
  for (const Gauge& gauge : gauges_) {
    if (from < gauge.seen_mmph.at.front() || to > gauge.seen_mmph.at.back()) continue;
    seen_mm += mean_over(gauge.seen_mmph, from, to) * hours;
    driven_mm += driven_mmph[gauge.series] * hours;
    ++saw;
  }
  if (saw == 0) return;
  const double kept = std::exp(-hours / memory_h);
  seen_mm_ = seen_mm_ * kept + seen_mm / static_cast<double>(saw);
  driven_mm_ = driven_mm_ * kept + driven_mm / static_cast<double>(saw);
  hours_ += hours;
  hour_seen_mm_ += seen_mm;
  hour_driven_mm_ += driven_mm;
  hour_h_ += hours;
  gauge_hours_ += hours * static_cast<double>(saw);
}

double RainSeen::factor() const {
  const double most = std::exp(most_logarithm);
  return std::clamp((seen_mm_ + drizzle_mm) / (driven_mm_ + drizzle_mm), 1 / most, most);
}

std::optional<std::pair<double, double>> RainSeen::take_hour() {
  constexpr double nearly_an_hour = 1 - 1e-9;
  if (hour_h_ < nearly_an_hour) return std::nullopt;
  const double gauges = gauge_hours_ / hour_h_;
  const double seen_mm = hour_seen_mm_ / gauges;
  const double driven_mm = hour_driven_mm_ / gauges;
  hour_seen_mm_ = hour_driven_mm_ = hour_h_ = gauge_hours_ = 0;
  if (seen_mm < least_hour_mm || driven_mm < least_hour_mm) return std::nullopt;
  return std::pair{std::log(seen_mm / driven_mm), gauge_spread / std::sqrt(gauges)};
}

}  // namespace kontwin::flood
