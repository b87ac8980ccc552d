// What rain and earthquakes make of the slopes beside roads: probabilities and levels.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "scenarios/slope/slope_state.hpp"

namespace kontwin {

std::vector<std::uint32_t> SlopeEngine::Impl::series_of(std::span<const LocalPoint> places) const {
  std::vector<std::uint32_t> series;
  series.reserve(places.size());
  for (const LocalPoint place : places) series.push_back(rain.series_at(place));
  return series;
}

void SlopeEngine::Impl::remember_rain(const Branch& branch) {
  constexpr double before_h = 24;
  const auto& gauges = world->entities(Kind::rain_gauge);
  const auto sums = branch.state.column(Kind::rain_gauge, rain_gauge_column::rain_24h_mm);
  std::vector<double> before_mm(rain.series_count(), 0);
  std::vector<int> count(rain.series_count(), 0);
  for (std::size_t row = 0; row < gauges.size(); ++row) {
    if (!std::isfinite(sums[row])) continue;
    const auto of = rain.series_at(gauges.place[row]);
    before_mm[of] += sums[row];
    ++count[of];
  }
  for (std::size_t i = 0; i < before_mm.size(); ++i) {
    if (count[i] > 0) before_mm[i] /= count[i];
    memory.emplace_back(branch.start, before_mm[i]);
    rain_mmph[i] = before_mm[i] / before_h;
  }
  stability.advance(rain_mmph, before_h * 3600);
  weigh_rain();
}

bool SlopeEngine::Impl::soak(Instant from, Instant to) {
  for (std::uint32_t i = 0; i < memory.size(); ++i) {
    memory[i].add(from, to, rain.mean_mmph(i, from, to));
  }
  pending_s += to_seconds(to - from);
  if (judged && pending_s < options.every_min * 60) return false;

  bool changed = !judged;
  for (std::uint32_t i = 0; i < memory.size(); ++i) {
    rain_mmph[i] = rain.mean_mmph(i, to - from_seconds(pending_s), to);
    const int highest = memory[i].highest_class();
    changed = changed || highest != rain_class[i];
    rain_class[i] = highest;
  }
  if (stability.advance(rain_mmph, pending_s)) {
    weigh_rain();
    changed = true;
  }
  pending_s = 0;
  judged = true;
  return changed;
}

void SlopeEngine::Impl::weigh_rain() {
  for (std::uint32_t road = 0; road < by_rain.size(); ++road) {
    by_rain[road] =
        first_of_two(road) ? stability.of_road(road) : by_rain[world->roads().opposite[road]];
  }
}

int SlopeEngine::Impl::class_of(double probability) const {
  return (probability >= options.medium_probability) + (probability >= options.high_probability) +
         (probability >= options.very_high_probability);
}

void SlopeEngine::Impl::write_levels(StateTable& state, Instant at) {
  const auto level = state.column(Kind::road, road_column::slope_level);
  const auto probability = state.column(Kind::road, road_column::slide_probability);
  for (std::uint32_t road = 0; road < level.size(); ++road) {
    const int warned = std::min(class_of(by_rain[road]), rain_class[series_of_road[road]]);
    level[road] = std::max(warned, class_of(by_quake[road]));
    probability[road] = 1 - (1 - by_rain[road]) * (1 - by_quake[road]);
    if (probability[road] > 0 && first_of_two(road)) {
      warnings.note(road, static_cast<int>(level[road]), slope_of(road, probability[road]), at);
    }
  }
}

slope::LinkSlope SlopeEngine::Impl::slope_of(std::uint32_t road, double probability) const {
  const auto cell = by_quake[road] > by_rain[road] ? std::optional<std::size_t>(shaken_cell[road])
                                                   : stability.likeliest_of(road);
  if (!cell) return {.probability = probability};
  return {.probability = probability,
          .safety = stability.safety()[*cell],
          .slope_deg = cells.slope_rad[*cell] * 180 / std::numbers::pi,
          .soil_depth_m = stability.soil_depth_m(*cell)};
}

bool SlopeEngine::Impl::first_of_two(std::uint32_t road) const {
  const std::uint32_t back = world->roads().opposite[road];
  return back == no_row || road < back;
}

std::size_t SlopeEngine::Impl::once(std::span<const double> column, double least) const {
  std::size_t count = 0;
  for (std::uint32_t road = 0; road < column.size(); ++road) {
    const std::uint32_t back = world->roads().opposite[road];
    if (back != no_row && back < road && column[back] >= least) continue;
    count += column[road] >= least ? 1 : 0;
  }
  return count;
}

void SlopeEngine::Impl::count(const StateTable& state) {
  const auto level = state.column(Kind::road, road_column::slope_level);
  const auto probability = state.column(Kind::road, road_column::slide_probability);
  figures.most_cut = std::max(figures.most_cut, book.blocked());
  figures.most_high = std::max(figures.most_high, once(level, 2));
  figures.most_very_high = std::max(figures.most_very_high, once(level, 3));
  double expected = 0;
  for (std::uint32_t road = 0; road < level.size(); ++road) {
    if (first_of_two(road) && level[road] >= 1) expected += probability[road];
  }
  figures.most_expected = std::max(figures.most_expected, expected);
}

}  // namespace kontwin
