#include "scenarios/observed_forcing.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "twin/schema.hpp"

namespace kontwin {

namespace {

using SeriesByRow = std::map<std::uint32_t, TimeSeries>;

/// Stages are of their moment; earlier ones tell of water that is still on its way.
SeriesByRow stages_of(std::span<const Reading> readings, const Branch& branch) {
  SeriesByRow stages;
  for (const Reading& reading : readings) {
    if (reading.entity.kind != Kind::river_gauge || reading.column != river_gauge_column::stage_m ||
        reading.observed_at > branch.start) {
      continue;
    }
    TimeSeries& series = stages[reading.entity.row];
    series.at.push_back(reading.observed_at);
    series.value.push_back(reading.value);
  }
  return stages;
}

/// What is of the time before its moment, so that a series that holds begins with it there. The
/// last moment of each is the end of what it tells, without a value.
SeriesByRow rates_of(std::span<const Reading> readings, const Branch& branch, Kind kind,
                     std::size_t column) {
  SeriesByRow rates;
  for (const Reading& reading : readings) {
    if (reading.entity.kind != kind || reading.column != column ||
        reading.observed_at <= branch.lead_in_start() || reading.observed_at > branch.start) {
      continue;
    }
    TimeSeries& series = rates[reading.entity.row];
    if (series.empty()) series.at.push_back(branch.lead_in_start());
    series.value.push_back(reading.value);
    series.at.push_back(reading.observed_at);
    series.between = TimeSeries::Between::hold;
  }
  return rates;
}

/// The last value is given once more, at its end.
SeriesByRow rain_of(std::span<const Reading> readings, const Branch& branch) {
  SeriesByRow rain = rates_of(readings, branch, Kind::rain_gauge, rain_gauge_column::rain_mmph);
  for (auto& [row, series] : rain) series.value.push_back(series.value.back());
  return rain;
}

SeriesByRow counts_of(std::span<const Reading> readings, const Branch& branch) {
  SeriesByRow counts =
      rates_of(readings, branch, Kind::traffic_counter, traffic_counter_column::flow_vph);
  for (auto& [row, series] : counts) series.at.pop_back();
  const auto known = branch.state.column(Kind::traffic_counter, traffic_counter_column::flow_vph);
  for (std::uint32_t row = 0; row < known.size(); ++row) {
    if (!std::isfinite(known[row]) || counts.contains(row)) continue;
    counts[row] = {{branch.lead_in_start()}, {known[row]}};
  }
  for (auto& [row, series] : counts) {
    series.between = TimeSeries::Between::hold;
    // What is the case now still tells of the moment after.
    if (series.at.back() >= branch.start) continue;
    series.at.push_back(branch.start);
    series.value.push_back(series.value.back());
  }
  return counts;
}

void add_missing(SeriesByRow seen, std::vector<std::pair<std::uint32_t, TimeSeries>>& given) {
  for (const auto& [row, series] : given) seen.erase(row);
  for (auto& [row, series] : seen) given.emplace_back(row, std::move(series));
}

}  // namespace

void add_observed(Branch& branch, std::span<const Reading> readings) {
  if (branch.lead_in > Duration{0}) {
    add_missing(counts_of(readings, branch), branch.forcing.traffic_flow_vph);
    add_missing(rain_of(readings, branch), branch.forcing.rain_seen_mmph);
  }
  add_missing(stages_of(readings, branch), branch.forcing.gauge_stage_m);
}

}  // namespace kontwin
