#include "scenarios/rain_field.hpp"

#include <algorithm>

#include "scenarios/time_series.hpp"
#include "twin/error.hpp"

namespace kontwin {

RainField::RainField(const World& world, const Forcing& forcing) {
  const auto& gauges = world.entities(Kind::rain_gauge);
  check_series(forcing.rain_mmph, "rain");
  for (const auto& [row, series] : forcing.rain_at_gauge_mmph) {
    if (row >= gauges.size()) {
      throw ScenarioError("rain at gauge: there is no rain gauge in row " + std::to_string(row));
    }
    check_series(series, "rain at " + gauges.urn[row]);
    if (series.empty()) continue;
    series_.push_back(series);
    gauge_.push_back(gauges.place[row]);
  }
  if (series_.empty()) series_.push_back(forcing.rain_mmph);
}

std::uint32_t RainField::series_at(LocalPoint point) const {
  std::uint32_t nearest = 0;
  for (std::uint32_t i = 1; i < gauge_.size(); ++i) {
    if (distance_m(point, gauge_[i]) < distance_m(point, gauge_[nearest])) nearest = i;
  }
  return nearest;
}

double RainField::mean_mmph(std::uint32_t series, Instant from, Instant to) const {
  return mean_over(series_[series], from, to);
}

bool RainField::dry() const {
  return std::ranges::all_of(series_, [](const TimeSeries& series) {
    return std::ranges::all_of(series.value, [](double value) { return value == 0; });
  });
}

}  // namespace kontwin
