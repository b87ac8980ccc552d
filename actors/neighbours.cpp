#include "actors/neighbours.hpp"

#include <algorithm>

namespace kontwin {

namespace {

constexpr double feeding_distance_m = 10'000;

/// The row of the nearest entity of `table` within `limit_m`, the lowest of equals; or no_row.
std::uint32_t nearest(const EntityTable& table, LocalPoint place, double limit_m) {
  std::uint32_t best = no_row;
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    const double distance = distance_m(table.place[row], place);
    if (distance > limit_m) continue;
    if (best == no_row || distance < limit_m) {
      best = row;
      limit_m = distance;
    }
  }
  return best;
}

}  // namespace

Neighbours::Neighbours(const World& world) {
  const EntityTable& power = world.entities(Kind::power_facility);
  for (const Kind kind : {Kind::signal, Kind::hospital, Kind::water_facility}) {
    const EntityTable& fed = world.entities(kind);
    for (std::uint32_t row = 0; row < fed.size(); ++row) {
      const std::uint32_t feeder = nearest(power, fed.place[row], feeding_distance_m);
      if (feeder != no_row) add({Kind::power_facility, feeder}, {kind, row});
    }
  }
  const EntityTable& gauges = world.entities(Kind::river_gauge);
  const EntityTable& schools = world.entities(Kind::school);
  for (std::uint32_t gauge = 0; gauge < gauges.size(); ++gauge) {
    if (gauges.commune_code[gauge].empty()) continue;
    for (std::uint32_t school = 0; school < schools.size(); ++school) {
      if (schools.commune_code[school] == gauges.commune_code[gauge]) {
        add({Kind::river_gauge, gauge}, {Kind::school, school});
      }
    }
  }
  for (Listeners& entry : by_speaker_) std::ranges::sort(entry.listeners);
}

void Neighbours::add(EntityRef speaker, EntityRef listener) {
  auto place = std::ranges::lower_bound(by_speaker_, speaker, {}, &Listeners::speaker);
  if (place == by_speaker_.end() || place->speaker != speaker) {
    place = by_speaker_.insert(place, {speaker, {}});
  }
  place->listeners.push_back(listener);
}

std::span<const EntityRef> Neighbours::listeners_of(EntityRef speaker) const {
  const auto place = std::ranges::lower_bound(by_speaker_, speaker, {}, &Listeners::speaker);
  if (place == by_speaker_.end() || place->speaker != speaker) return {};
  return place->listeners;
}

}  // namespace kontwin
