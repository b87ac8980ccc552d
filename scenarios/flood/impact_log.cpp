#include "scenarios/flood/impact_log.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "scenarios/flood/stability.hpp"

namespace kontwin {

namespace {

constexpr double wet_m = 0.1;
constexpr double stops_cars_m = 0.3;

constexpr Kind kinds[] = {Kind::hospital, Kind::health_station, Kind::school,
                          Kind::shelter,  Kind::farm_plot,      Kind::residence};

bool is(double flag) { return flag >= 0.5; }

double people_at(const StateTable& state, EntityRef ref) {
  std::size_t column = 0;
  switch (ref.kind) {
    case Kind::hospital:
      column = hospital_column::patients;
      break;
    case Kind::school:
      column = school_column::people;
      break;
    case Kind::shelter:
      column = shelter_column::occupants;
      break;
    case Kind::residence:
      column = residence_column::people_home;
      break;
    default:
      return 0;
  }
  const double people = state.at(ref, column);
  return std::isfinite(people) ? people : 0;
}

}  // namespace

ImpactLog::ImpactLog(const World& world)
    : world_(world),
      graph_(world.entities(Kind::junction).size(), world.roads(), cars),
      usable_(world.roads().links(), 1) {
  for (std::uint32_t row = 0; row < world.entities(Kind::office).size(); ++row) {
    const std::uint32_t junction = world.junction_of({Kind::office, row});
    if (junction != no_row) seats_.push_back(junction);
  }
  working_hospitals_ = hospitals(nullptr);
  to_hospital_ = graph_.reaching(working_hospitals_, usable_);
  to_seat_ = graph_.reaching(seats_, usable_);
  for (const Kind kind : kinds) {
    for (std::uint32_t row = 0; row < world.entities(kind).size(); ++row) {
      const std::uint32_t junction = world.junction_of({kind, row});
      const bool hospital = junction != no_row && to_hospital_[junction] != 0;
      const bool seat = junction != no_row && to_seat_[junction] != 0;
      places_.push_back({{kind, row}, junction, {none, none, none}, {true, hospital, seat}});
    }
  }
}

std::vector<std::uint32_t> ImpactLog::hospitals(const StateTable* state) const {
  std::vector<std::uint32_t> junctions;
  for (std::uint32_t row = 0; row < world_.entities(Kind::hospital).size(); ++row) {
    const EntityRef ref{Kind::hospital, row};
    const std::uint32_t junction = world_.junction_of(ref);
    if (junction == no_row) continue;
    if (state != nullptr && state->at(ref, common_column::water_depth_m) >= stops_cars_m) continue;
    junctions.push_back(junction);
  }
  return junctions;
}

bool ImpactLog::take_links(const StateTable& state) {
  const auto open = state.column(Kind::road, road_column::open);
  const auto debris = state.column(Kind::road, road_column::debris);
  const auto water_m = state.column(Kind::road, common_column::water_depth_m);
  const auto stopped = state.column(Kind::road, common_column::impassable_for);
  bool changed = false;
  for (std::size_t road = 0; road < usable_.size(); ++road) {
    const bool swept =
        std::isfinite(stopped[road]) &&
        flood::stops(static_cast<unsigned>(stopped[road]), flood::Traveller::small_car);
    const auto usable = static_cast<std::uint8_t>(is(open[road]) && !is(debris[road]) &&
                                                  !(water_m[road] >= stops_cars_m) && !swept);
    changed |= usable != usable_[road];
    usable_[road] = usable;
  }
  return changed;
}

void ImpactLog::note(const StateTable& state, Instant now) {
  bool changed = take_links(state);
  auto working = hospitals(&state);
  changed |= working != working_hospitals_;
  working_hospitals_ = std::move(working);
  if (changed) {
    to_hospital_ = graph_.reaching(working_hospitals_, usable_);
    to_seat_ = graph_.reaching(seats_, usable_);
  }
  for (Place& place : places_) {
    const double depth_m = state.at(place.entity, common_column::water_depth_m);
    note(place, ImpactKind::wet, depth_m >= wet_m, state, now);
    if (place.junction == no_row) continue;
    note(place, ImpactKind::no_hospital, to_hospital_[place.junction] == 0, state, now);
    note(place, ImpactKind::no_seat, to_seat_[place.junction] == 0, state, now);
  }
}

void ImpactLog::note(Place& place, ImpactKind kind, bool holds, const StateTable& state,
                     Instant now) {
  const auto which = static_cast<std::size_t>(kind);
  std::uint32_t& open = place.open[which];
  if (!holds || !place.had_way[which]) {
    if (open != none) spells_[open].until = now;
    open = none;
    return;
  }
  if (open == none) {
    open = static_cast<std::uint32_t>(spells_.size());
    spells_.push_back({.entity = place.entity, .kind = kind, .from = now, .until = {}});
  }
  ImpactSpell& spell = spells_[open];
  const auto higher = [&](std::size_t column, double so_far) {
    const double value = state.at(place.entity, column);
    return value > so_far ? value : so_far;
  };
  spell.deepest_m = higher(common_column::water_depth_m, spell.deepest_m);
  spell.hazard_class = static_cast<int>(higher(common_column::hazard_class, spell.hazard_class));
  spell.people = std::max(spell.people, people_at(state, place.entity));
}

std::vector<ImpactSpell> ImpactLog::spells() const {
  auto sorted = spells_;
  std::ranges::stable_sort(sorted, {}, [](const ImpactSpell& spell) {
    return std::tuple(spell.from, spell.kind, spell.entity.kind, spell.entity.row);
  });
  return sorted;
}

}  // namespace kontwin
