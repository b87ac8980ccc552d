#include "scenarios/flood/rain_gauges.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::flood {

RainGauges::RainGauges(const Branch& branch, const RainField& rain) : start_(branch.start) {
  const auto& places = branch.world->entities(Kind::rain_gauge).place;
  const auto known = branch.state.column(Kind::rain_gauge, rain_gauge_column::rain_24h_mm);
  for (std::size_t row = 0; row < places.size(); ++row) {
    series_.push_back(rain.series_at(places[row]));
    sum_before_mm_.push_back(std::isfinite(known[row]) ? known[row] : 0);
  }
  sum_mm_.assign(rain.series_count(), 0);
}

void RainGauges::write(const std::vector<double>& rain_mmph, double factor, Instant from,
                       Instant to, StateTable& state) {
  constexpr auto day = std::chrono::hours(24);
  const double hours = to_seconds(to - from) / 3600;
  std::vector<double> fallen_mm(rain_mmph.size());
  for (std::size_t i = 0; i < fallen_mm.size(); ++i) fallen_mm[i] = factor * rain_mmph[i] * hours;
  windows_.emplace_back(to, fallen_mm);
  for (std::size_t i = 0; i < fallen_mm.size(); ++i) sum_mm_[i] += fallen_mm[i];
  while (!windows_.empty() && windows_.front().first <= to - day) {
    for (std::size_t i = 0; i < sum_mm_.size(); ++i) {
      sum_mm_[i] = std::max(0.0, sum_mm_[i] - windows_.front().second[i]);
    }
    windows_.pop_front();
  }
  const double left_share = std::clamp(1 - to_seconds(to - start_) / to_seconds(day), 0.0, 1.0);
  for (std::uint32_t row = 0; row < series_.size(); ++row) {
    const EntityRef ref{Kind::rain_gauge, row};
    state.at(ref, rain_gauge_column::rain_mmph) = factor * rain_mmph[series_[row]];
    state.at(ref, rain_gauge_column::rain_24h_mm) =
        sum_mm_[series_[row]] + left_share * sum_before_mm_[row];
  }
}

}  // namespace kontwin::flood
