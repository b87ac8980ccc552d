#include "io/synthesis/places_communes.hpp"

#include <limits>

#include "twin/error.hpp"

namespace kontwin::synthesis {

namespace {

Instant day(std::string_view text) { return *parse_instant(text); }

}  // namespace

CommuneIndex::CommuneIndex(const WorldParts& parts) {
  const Instant now = day("2025-07-02T00:00:00+07:00");
  for (const AdminUnit& unit : parts.admin_units) {
    if (unit.level != AdminLevel::commune || !unit.in_force(now)) continue;
    communes_.push_back({unit.code, unit.name, unit.center, unit.population,
                         unit.outline.empty() ? nullptr : &unit.outline});
  }
  if (communes_.empty()) throw WorldError("the world has no commune in force since July 2025");
  for (std::size_t i = 0; i < communes_.size(); ++i) sites_.emplace_back(communes_[i].center, i);
  for (const AdminUnit* unit : communes_of_june_2025(parts)) {
    for (std::size_t i = 0; i < communes_.size(); ++i) {
      if (communes_[i].code == unit->successor_code) sites_.emplace_back(unit->center, i);
    }
  }
}

std::size_t CommuneIndex::of(LocalPoint point) const {
  for (std::size_t i = 0; i < communes_.size(); ++i) {
    if (communes_[i].outline != nullptr && inside(*communes_[i].outline, point)) return i;
  }
  std::size_t best = 0;
  double best_m = std::numeric_limits<double>::infinity();
  for (const auto& [center, commune] : sites_) {
    const double away_m = distance_m(center, point);
    if (away_m < best_m) {
      best_m = away_m;
      best = commune;
    }
  }
  return best;
}

std::vector<const AdminUnit*> communes_of_june_2025(const WorldParts& parts) {
  const Instant then = day("2025-06-15T00:00:00+07:00");
  std::vector<const AdminUnit*> units;
  for (const AdminUnit& unit : parts.admin_units) {
    if (unit.level == AdminLevel::commune && unit.in_force(then)) units.push_back(&unit);
  }
  return units;
}

}  // namespace kontwin::synthesis
