#include "actors/sensor_history.hpp"

#include <algorithm>
#include <tuple>

#include "twin/schema.hpp"

namespace kontwin {

namespace {

/// One property of a kind is enough: no sensor has two that a branch starts from.
bool kept(const Reading& reading) {
  switch (reading.entity.kind) {
    case Kind::traffic_counter:
      return reading.column == traffic_counter_column::flow_vph;
    case Kind::river_gauge:
      return reading.column == river_gauge_column::stage_m;
    case Kind::rain_gauge:
      return reading.column == rain_gauge_column::rain_mmph;
    default:
      return false;
  }
}

std::uint64_t key_of(EntityRef entity) {
  return std::uint64_t{index_of(entity.kind)} << 32U | entity.row;
}

}  // namespace

void SensorHistory::note(std::span<const Reading> readings) {
  const auto first = std::ranges::find_if(readings, kept);
  if (first == readings.end()) return;
  const std::lock_guard lock(mutex_);
  for (auto reading = first; reading != readings.end(); ++reading) {
    if (!kept(*reading)) continue;
    std::deque<Reading>& of = of_[key_of(reading->entity)];
    if (!of.empty() && reading->observed_at < of.back().observed_at) continue;
    // A correction of the same moment, which the row takes too.
    if (!of.empty() && reading->observed_at == of.back().observed_at) of.pop_back();
    of.push_back(*reading);
    while (of.size() > most_ || of.front().observed_at < reading->observed_at - keep_) {
      of.pop_front();
    }
  }
}

std::vector<Reading> SensorHistory::since(Instant from) const {
  std::vector<Reading> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, of] : of_) {
      std::ranges::copy_if(of, std::back_inserter(all),
                           [from](const Reading& reading) { return reading.observed_at >= from; });
    }
  }
  std::ranges::sort(all, {}, [](const Reading& reading) {
    return std::tuple(index_of(reading.entity.kind), reading.entity.row, reading.observed_at);
  });
  return all;
}

}  // namespace kontwin
