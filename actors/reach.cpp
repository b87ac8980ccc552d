#include "actors/reach.hpp"

#include "actors/shared_rules.hpp"
#include "scenarios/flood/stability.hpp"

namespace kontwin {

bool is_usable(double open, double debris, double water_depth_m, double impassable_for) {
  const bool swept_off = impassable_for > 0 && flood::stops(static_cast<unsigned>(impassable_for),
                                                            flood::Traveller::small_car);
  return open >= 0.5 && !(debris >= 0.5) && !(water_depth_m >= impassable_m) && !swept_off;
}

Reach::Reach(const World& world)
    : graph_(world.entities(Kind::junction).size(), world.roads(), every_vehicle),
      cost_(world.roads().links(), 1.0) {
  const std::pair<Kind, std::size_t> kinds[] = {
      {Kind::hospital, hospital_column::cut_off},
      {Kind::health_station, health_station_column::cut_off},
      {Kind::shelter, shelter_column::cut_off}};
  for (const auto& [kind, column] : kinds) {
    for (std::uint32_t row = 0; row < world.entities(kind).size(); ++row) {
      const EntityRef entity{kind, row};
      const std::uint32_t junction = world.junction_of(entity);
      if (junction != no_row) places_.push_back({entity, column, junction});
    }
  }
  cut_off_.resize(places_.size());
}

void Reach::set_usable(std::uint32_t road, bool usable) {
  cost_[road] = usable ? 1.0 : unreachable;
}

bool Reach::set_usable_from(const StateTable& state) {
  const auto open = state.column(Kind::road, road_column::open);
  const auto debris = state.column(Kind::road, road_column::debris);
  const auto water = state.column(Kind::road, common_column::water_depth_m);
  const auto stopped = state.column(Kind::road, common_column::impassable_for);
  bool changed = false;
  for (std::size_t road = 0; road < cost_.size(); ++road) {
    const double cost =
        is_usable(open[road], debris[road], water[road], stopped[road]) ? 1.0 : unreachable;
    changed |= cost != cost_[road];
    cost_[road] = cost;
  }
  return changed;
}

const std::vector<std::uint8_t>& Reach::work_out() {
  const auto part = graph_.components(cost_);
  for (std::size_t i = 0; i < places_.size(); ++i) {
    cut_off_[i] = part[places_[i].junction] == 0 ? 0 : 1;
  }
  return cut_off_;
}

}  // namespace kontwin
