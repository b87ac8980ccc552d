#include "scenarios/evacuation/shelter_book.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kontwin::evacuation {

ShelterBook::ShelterBook(const World& world, const StateTable& state, const TravelService& travel,
                         const EvacuationOptions& options)
    : world_(world),
      travel_(travel),
      graph_(world.entities(Kind::junction).size(), world.roads()),
      foot_cost_m_(world.roads().links()),
      by_crow_(world.entities(Kind::junction).size()) {
  const EntityTable& table = world.entities(Kind::shelter);
  const auto occupants = state.column(Kind::shelter, shelter_column::occupants);
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    const double places = table.attribute(shelter_attribute::places, row);
    const double known = places > 0 ? places : 0;
    const double width_m = std::max(1.2, options.door_width_m_per_100_places * known / 100);
    Shelter shelter{.door = Door(width_m), .by_road_s = {}, .by_foot_m = {}};
    shelter.junction = world.junction_of({Kind::shelter, row});
    shelter.places = static_cast<std::uint64_t>(known);
    shelter.occupants =
        occupants[row] > 0 ? static_cast<std::uint64_t>(std::llround(occupants[row])) : 0;
    shelters_.push_back(std::move(shelter));
  }
}

void ShelterBook::take_over(const StateTable& state, double now_s, bool look_again) {
  const auto open = state.column(Kind::shelter, shelter_column::open);
  const auto cut_off = state.column(Kind::shelter, shelter_column::cut_off);
  for (std::size_t row = 0; row < shelters_.size(); ++row) {
    shelters_[row].open = open[row] != 0;
    shelters_[row].reachable = cut_off[row] != 1 && shelters_[row].junction != no_row;
  }
  if (now_s < next_refresh_s_ && !look_again) return;
  next_refresh_s_ = now_s + refresh_s;
  const EntityTable& roads = world_.entities(Kind::road);
  const auto debris = state.column(Kind::road, road_column::debris);
  const auto water = state.column(Kind::road, common_column::water_depth_m);
  for (std::uint32_t link = 0; link < foot_cost_m_.size(); ++link) {
    // A road that is closed to vehicles can be walked on.
    const bool passable = debris[link] != 1 && !(water[link] > wade_m);
    foot_cost_m_[link] = passable ? roads.attribute(road_attribute::length_m, link) : unreachable;
  }
  for (Shelter& shelter : shelters_) {
    shelter.by_road_s.clear();
    shelter.by_foot_m = {};
  }
}

const std::vector<std::uint32_t>& ShelterBook::by_crow(std::uint32_t junction) {
  std::vector<std::uint32_t>& order = by_crow_[junction];
  if (!order.empty()) return order;
  const std::vector<LocalPoint>& places = world_.entities(Kind::junction).place;
  std::vector<double> away_m;
  for (const Shelter& shelter : shelters_) {
    away_m.push_back(shelter.junction == no_row
                         ? unreachable
                         : distance_m(places[junction], places[shelter.junction]));
  }
  order.resize(shelters_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&away_m](std::uint32_t row) { return away_m[row]; });
  return order;
}

double ShelterBook::distance(std::uint32_t shelter, std::uint32_t junction, By by) {
  Shelter& one = shelters_[shelter];
  if (by == By::road) {
    if (one.by_road_s.empty()) one.by_road_s = travel_.travel_times_to(std::span(&one.junction, 1));
    return one.by_road_s[junction];
  }
  if (one.by_foot_m.cost.empty()) {
    one.by_foot_m = graph_.routes_to(std::span(&one.junction, 1), foot_cost_m_);
  }
  return one.by_foot_m.cost[junction];
}

bool ShelterBook::takes(std::uint32_t shelter, std::uint32_t people) const {
  const Shelter& one = shelters_[shelter];
  return one.open && one.reachable && one.occupants + one.reserved + people <= one.places;
}

std::uint32_t ShelterBook::nearest(std::uint32_t junction, std::uint32_t people, By by) {
  std::uint32_t best = no_row;
  double best_distance = unreachable;
  std::size_t looked = 0;
  for (const std::uint32_t shelter : by_crow(junction)) {
    if (!takes(shelter, people)) continue;
    const double away = distance(shelter, junction, by);
    if (away < best_distance) {
      best = shelter;
      best_distance = away;
    }
    if (++looked >= looked_at && best != no_row) break;
  }
  return best;
}

Route ShelterBook::walk(std::uint32_t junction, std::uint32_t shelter) {
  Route route;
  route.cost = distance(shelter, junction, By::foot);
  const RouteTree& tree = shelters_[shelter].by_foot_m;
  for (std::uint32_t at = junction; tree.link[at] != no_row; at = graph_.to(tree.link[at])) {
    route.links.push_back(tree.link[at]);
  }
  return route;
}

}  // namespace kontwin::evacuation
