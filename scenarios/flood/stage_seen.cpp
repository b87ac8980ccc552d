#include "scenarios/flood/stage_seen.hpp"

#include <algorithm>

namespace kontwin::flood {

namespace {

const TimeSeries* series_of(std::span<const std::pair<std::uint32_t, TimeSeries>> gauge_stage_m,
                            std::uint32_t gauge) {
  const auto found =
      std::ranges::find_if(gauge_stage_m, [gauge](const auto& one) { return one.first == gauge; });
  return found == gauge_stage_m.end() || found->second.empty() ? nullptr : &found->second;
}

}  // namespace

std::optional<double> stage_seen(
    std::span<const std::pair<std::uint32_t, TimeSeries>> gauge_stage_m, std::uint32_t gauge,
    Instant from, Instant to) {
  const TimeSeries* series = series_of(gauge_stage_m, gauge);
  if (series == nullptr) return std::nullopt;
  const auto after = std::ranges::upper_bound(series->at, to);
  if (after == series->at.begin() || *std::prev(after) <= from) return std::nullopt;
  return series->value[static_cast<std::size_t>(after - series->at.begin()) - 1];
}

std::optional<double> stage_between(
    std::span<const std::pair<std::uint32_t, TimeSeries>> gauge_stage_m, std::uint32_t gauge,
    Instant at) {
  const TimeSeries* series = series_of(gauge_stage_m, gauge);
  if (series == nullptr || at < series->at.front() || at > series->at.back()) return std::nullopt;
  return series->value_at(at);
}

}  // namespace kontwin::flood
