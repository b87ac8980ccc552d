#include "scenarios/evacuation/shelter_book.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "scenarios/flood/stability.hpp"
#include "twin/error.hpp"

namespace kontwin::evacuation {

namespace {

std::uint64_t whole(double value) {
  return value > 0 ? static_cast<std::uint64_t>(std::llround(value)) : 0;
}

Mover::Kind vehicle_of(ShelterBook::By by) {
  switch (by) {
    case ShelterBook::By::car:
      return Mover::Kind::car;
    case ShelterBook::By::bus:
      return Mover::Kind::bus;
    case ShelterBook::By::ambulance:
      return Mover::Kind::ambulance;
    case ShelterBook::By::motorbike:
    case ShelterBook::By::foot:
      break;
  }
  return Mover::Kind::motorbike;
}

/// Level ways are left and entered by doors of at least this.
constexpr double narrowest_door_m = 1.2;

}  // namespace

ShelterBook::ShelterBook(const World& world, const StateTable& state, const TravelService& travel,
                         const EvacuationOptions& options)
    : world_(world),
      travel_(travel),
      graph_(world.entities(Kind::junction).size(), world.roads()),
      foot_cost_m_(world.roads().links()),
      by_crow_(world.entities(Kind::junction).size()),
      closing_(graph_, travel) {
  add_shelters(state, options);
  add_hospitals(state, options);
}

void ShelterBook::add_shelters(const StateTable& state, const EvacuationOptions& options) {
  const EntityTable& table = world_.entities(Kind::shelter);
  const auto occupants = state.column(Kind::shelter, shelter_column::occupants);
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    const double places = table.attribute(shelter_attribute::places, row);
    if (places < 0 || occupants[row] < 0) {
      throw ScenarioError("evacuation: shelter " + table.urn[row] + " has " +
                          (places < 0 ? "places for " + std::to_string(std::lround(places))
                                      : std::to_string(std::lround(occupants[row])) + " people") +
                          ": it cannot be less than none");
    }
    const double known = places > 0 ? places : 0;
    Refuge shelter{
        .place = {Kind::shelter, row},
        .door = Door(std::max(narrowest_door_m, options.door_width_m_per_100_places * known / 100)),
        .use = {},
        .away = {},
        .by_foot_m = {}};
    shelter.junction = world_.junction_of(shelter.place);
    shelter.places = static_cast<std::uint64_t>(known);
    shelter.occupants = whole(occupants[row]);
    shelter.stock_person_days = known * options.supply_days;
    refuges_.push_back(std::move(shelter));
  }
  shelter_count_ = static_cast<std::uint32_t>(refuges_.size());
}

void ShelterBook::add_hospitals(const StateTable& state, const EvacuationOptions& options) {
  const EntityTable& table = world_.entities(Kind::hospital);
  const auto patients = state.column(Kind::hospital, hospital_column::patients);
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    const double beds = table.attribute(hospital_attribute::beds, row);
    const std::uint64_t taken =
        patients[row] >= 0 ? whole(patients[row]) : whole(beds * options.hospital_occupancy);
    Refuge hospital{.place = {Kind::hospital, row},
                    .door = Door(2 * narrowest_door_m),
                    .use = {},
                    .away = {},
                    .by_foot_m = {}};
    hospital.junction = world_.junction_of(hospital.place);
    hospital.places = whole(beds) - std::min(whole(beds), taken);
    hospital.stock_person_days = HUGE_VAL;  // a hospital is supplied in other ways
    refuges_.push_back(std::move(hospital));
  }
  for (Refuge& one : refuges_) {
    one.use.place = one.place;
    one.use.room = static_cast<std::uint32_t>(one.places - std::min(one.places, one.occupants));
  }
}

bool ShelterBook::take_over(const StateTable& state, double now_s, bool look_again) {
  const auto open = state.column(Kind::shelter, shelter_column::open);
  const auto cut_off = state.column(Kind::shelter, shelter_column::cut_off);
  const auto diverting = state.column(Kind::hospital, hospital_column::diverting);
  const auto isolated = state.column(Kind::hospital, hospital_column::cut_off);
  for (Refuge& one : refuges_) {
    const std::uint32_t row = one.place.row;
    const bool is_shelter = one.place.kind == Kind::shelter;
    one.open = is_shelter ? open[row] != 0 : diverting[row] != 1 && !one.leaves;
    one.reachable = (is_shelter ? cut_off : isolated)[row] != 1 && one.junction != no_row;
  }
  now_s_ = now_s;
  if (now_s < next_refresh_s_ && !look_again) return false;
  next_refresh_s_ = now_s + refresh_s;
  const EntityTable& roads = world_.entities(Kind::road);
  const auto debris = state.column(Kind::road, road_column::debris);
  const auto water = state.column(Kind::road, common_column::water_depth_m);
  const auto impassable = state.column(Kind::road, common_column::impassable_for);
  for (std::uint32_t link = 0; link < foot_cost_m_.size(); ++link) {
    // A road that is closed to vehicles can be walked on, with children at the hand.
    const bool sweeps =
        impassable[link] > 0 &&
        flood::stops(static_cast<unsigned>(impassable[link]), flood::Traveller::child);
    const bool passable = debris[link] != 1 && !(water[link] > wade_m) && !sweeps;
    foot_cost_m_[link] = passable ? roads.attribute(road_attribute::length_m, link) : unreachable;
  }
  for (Refuge& one : refuges_) {
    for (auto& by : one.away) by.clear();
    one.by_foot_m = {};
  }
  for (auto& by : to_any_) by.clear();
  closing_.forget();
  return true;
}

void ShelterBook::supply(double from_s, double to_s) {
  constexpr double day_s = 86400;
  for (Refuge& one : refuges_) {
    if (one.occupants == 0 || one.place.kind != Kind::shelter) continue;
    const double wanted = static_cast<double>(one.occupants) * (to_s - from_s) / day_s;
    const double given = std::min(wanted, one.stock_person_days);
    one.stock_person_days -= given;
    one.use.used_person_days += given;
    one.use.unmet_person_days += wanted - given;
    if (given < wanted && one.supplies_out_s < 0) one.supplies_out_s = from_s;
  }
}

std::vector<RefugeUse> ShelterBook::uses(Instant begin) const {
  std::vector<RefugeUse> all;
  for (const Refuge& one : refuges_) {
    all.push_back(one.use);
    if (one.supplies_out_s >= 0) all.back().supplies_out = begin + from_seconds(one.supplies_out_s);
  }
  return all;
}

double ShelterBook::unmet_person_days() const {
  double sum = 0;
  for (const Refuge& one : refuges_) sum += one.use.unmet_person_days;
  return sum;
}

const std::vector<std::uint32_t>& ShelterBook::by_crow(std::uint32_t junction) {
  std::vector<std::uint32_t>& order = by_crow_[junction];
  if (!order.empty()) return order;
  const std::vector<LocalPoint>& places = world_.entities(Kind::junction).place;
  std::vector<double> away_m;
  for (std::uint32_t row = 0; row < shelter_count_; ++row) {
    const std::uint32_t at = refuges_[row].junction;
    away_m.push_back(at == no_row ? unreachable : distance_m(places[junction], places[at]));
  }
  order.resize(shelter_count_);
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&away_m](std::uint32_t row) { return away_m[row]; });
  return order;
}

double ShelterBook::distance(std::uint32_t refuge, std::uint32_t junction, By by) {
  Refuge& one = refuges_[refuge];
  if (one.junction == no_row) return unreachable;
  if (by == By::foot) {
    if (one.by_foot_m.cost.empty()) {
      one.by_foot_m = graph_.routes_to(std::span(&one.junction, 1), foot_cost_m_);
    }
    return one.by_foot_m.cost[junction];
  }
  std::vector<double>& away = one.away[static_cast<std::size_t>(by)];
  if (away.empty()) {
    away = travel_.travel_times_to(std::span(&one.junction, 1), vehicle_of(by));
  }
  return away[junction];
}

bool ShelterBook::has_way(std::uint32_t junction, By by) {
  std::vector<double>& to_any = to_any_[static_cast<std::size_t>(by)];
  if (to_any.empty()) {
    std::vector<std::uint32_t> targets;
    for (const Refuge& one : refuges_) {
      const bool counts = one.place.kind == Kind::shelter && one.open && one.reachable;
      if (counts) targets.push_back(one.junction);
    }
    to_any = by == By::foot ? graph_.routes_to(targets, foot_cost_m_).cost
                            : travel_.travel_times_to(targets, vehicle_of(by));
  }
  return to_any[junction] < unreachable;
}

bool ShelterBook::takes(std::uint32_t refuge, std::uint32_t people) const {
  const Refuge& one = refuges_[refuge];
  return one.open && one.reachable && one.occupants + one.reserved + people <= one.places;
}

void ShelterBook::announce(std::span<const EvacuationPlan::ClosingRoad> roads, double first_s,
                           double safety_s) {
  closing_.announce(roads, first_s);
  safety_s_ = safety_s;
}

bool ShelterBook::in_time(std::uint32_t refuge, std::uint32_t junction, By by, double safety_s) {
  // On foot one gets past a road that is closed to vehicles.
  if (by == By::foot || !closing_.any()) return true;
  const double last_s =
      closing_.last_departure_s(junction, refuges_[refuge].junction, vehicle_of(by));
  return now_s_ + safety_s <= last_s;
}

std::uint32_t ShelterBook::nearest(std::uint32_t junction, std::uint32_t people, By by) {
  // Where no way leads anywhere it is not looked for to each of them.
  if (!has_way(junction, by)) return no_row;
  // On foot one gets past, and in_time() says so.
  if (by == By::foot || !closing_.any()) return nearest_with(junction, people, by, 0);
  for (const double safety_s : {safety_s_, 0.0}) {
    const std::uint32_t found = nearest_with(junction, people, by, safety_s);
    if (found != no_row) return found;
  }
  return least_missed(junction, people, by);
}

std::uint32_t ShelterBook::least_missed(std::uint32_t junction, std::uint32_t people, By by) {
  std::uint32_t best = no_row;
  std::pair<std::uint32_t, double> best_cost;
  for (std::uint32_t shelter = 0; shelter < shelter_count_; ++shelter) {
    const double away = takes(shelter, people) ? distance(shelter, junction, by) : unreachable;
    if (!(away < unreachable)) continue;
    const std::pair cost{
        closing_.missed(junction, refuges_[shelter].junction, vehicle_of(by), now_s_), away};
    if (best != no_row && cost >= best_cost) continue;
    best = shelter;
    best_cost = cost;
  }
  return best;
}

std::uint32_t ShelterBook::nearest_with(std::uint32_t junction, std::uint32_t people, By by,
                                        double safety_s) {
  std::uint32_t best = no_row;
  double best_distance = unreachable;
  std::size_t looked = 0;
  for (const std::uint32_t shelter : by_crow(junction)) {
    if (!takes(shelter, people) || !in_time(shelter, junction, by, safety_s)) continue;
    const double away = distance(shelter, junction, by);
    if (away < best_distance) {
      best = shelter;
      best_distance = away;
    }
    if (++looked >= looked_at && best != no_row) break;
  }
  return best;
}

std::uint32_t ShelterBook::nearest_of(std::span<const std::uint32_t> some, std::uint32_t junction,
                                      std::uint32_t people, By by, double within) {
  std::uint32_t best = no_row;
  for (const std::uint32_t shelter : some) {
    if (!takes(shelter, people) || !in_time(shelter, junction, by, safety_s_)) continue;
    const double away = distance(shelter, junction, by);
    if (!(away < within)) continue;
    best = shelter;
    within = away;
  }
  return best;
}

std::uint32_t ShelterBook::nearest_hospital(std::uint32_t junction, std::uint32_t people, By by) {
  std::uint32_t best = no_row;
  double best_distance = unreachable;
  for (std::uint32_t refuge = shelter_count_; refuge < refuges_.size(); ++refuge) {
    if (!takes(refuge, people)) continue;
    const double away = distance(refuge, junction, by);
    if (away < best_distance) {
      best = refuge;
      best_distance = away;
    }
  }
  return best;
}

Route ShelterBook::walk(std::uint32_t junction, std::uint32_t refuge) {
  Route route;
  route.cost = distance(refuge, junction, By::foot);
  const RouteTree& tree = refuges_[refuge].by_foot_m;
  for (std::uint32_t at = junction; tree.link[at] != no_row; at = graph_.to(tree.link[at])) {
    route.links.push_back(tree.link[at]);
  }
  return route;
}

}  // namespace kontwin::evacuation
