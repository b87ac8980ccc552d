// The rounds of a plan: which vehicles do them, and which comes next.
#include <algorithm>

#include "scenarios/evacuation/evacuation_state.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

void EvacuationEngine::Impl::begin_rounds(double at_s) {
  const auto spread = [&](Mover::Kind kind, std::uint32_t count, std::uint32_t places,
                          std::uint32_t from, std::uint32_t until) {
    std::vector<std::uint32_t> stands;
    for (std::uint32_t refuge = from; refuge < until; ++refuge) {
      if (shelters.junction(refuge) != no_row) stands.push_back(shelters.junction(refuge));
    }
    for (std::uint32_t i = 0; i < count && !stands.empty(); ++i) {
      carriers[hire(kind, places, stands[i % stands.size()])].hired = false;
    }
  };
  const auto seats = static_cast<std::uint32_t>(options.bus_places);
  // Those of the plan are among them.
  const std::uint32_t planned_buses = options.plan ? options.plan->buses : 0;
  const std::uint32_t planned_boats = options.plan ? options.plan->boats : 0;
  const std::uint32_t buses = options.buses.value_or(0);
  spread(Mover::Kind::bus, buses - std::min(buses, planned_buses), seats, 0, shelters.shelters());
  spread(Mover::Kind::ambulance, options.ambulances.value_or(0), evacuation::ambulance_berths,
         shelters.shelters(), shelters.size());
  for (std::uint32_t i = planned_boats; i < options.boats; ++i) {
    Carrier& boat =
        carriers[hire(Mover::Kind::boat, static_cast<std::uint32_t>(options.boat_places), no_row)];
    boat.hired = false;
    boat.free_s = at_s + options.boat_ready_min * 60;
  }
  if (!options.plan) return;
  share_rounds(Mover::Kind::bus, planned_buses, at_s);
  share_rounds(Mover::Kind::boat, planned_boats, at_s);
  for (std::uint32_t row = 0; row < options.plan->rounds.size(); ++row) {
    const EvacuationPlan::Round& round = options.plan->rounds[row];
    const bool boat = round.vehicle == Mover::Kind::boat;
    const std::uint32_t junction = world->junction_of(round.home);
    if (junction != no_row && !boat) has_round[junction] = 1;
    if (boat && planned_boats > 0) continue;
    if (round.vehicle == Mover::Kind::bus && planned_buses > 0) continue;
    for (std::uint32_t i = 0; i < round.vehicles; ++i) {
      Carrier& carrier = carriers[hire(round.vehicle, round.places,
                                       boat ? no_row : shelters.junction(round.shelter))];
      carrier.hired = false;
      carrier.round = row;
      carrier.free_s = at_s + round.starts_s;
    }
  }
}

void EvacuationEngine::Impl::share_rounds(Mover::Kind kind, std::uint32_t vehicles, double at_s) {
  if (vehicles == 0) return;
  const auto& rounds = options.plan->rounds;
  std::vector<OpenRound> open;
  for (std::uint32_t row = 0; row < rounds.size(); ++row) {
    if (rounds[row].vehicle == kind) open.push_back({row, rounds[row].vehicles});
  }
  std::ranges::stable_sort(open, {},
                           [&rounds](const OpenRound& one) { return rounds[one.round].starts_s; });
  // Each stands where its first round will have it.
  std::vector<std::uint32_t> first;
  for (const OpenRound& one : open) first.insert(first.end(), one.missing, one.round);
  for (std::uint32_t i = 0; i < vehicles && !first.empty(); ++i) {
    const EvacuationPlan::Round& round = rounds[first[i % first.size()]];
    const bool boat = kind == Mover::Kind::boat;
    Carrier& carrier =
        carriers[hire(kind, round.places, boat ? no_row : shelters.junction(round.shelter))];
    carrier.hired = false;
    carrier.planned = true;
    carrier.free_s = boat ? at_s + options.boat_ready_min * 60 : at_s;
  }
  open_rounds.insert(open_rounds.end(), open.begin(), open.end());
}

bool EvacuationEngine::Impl::nobody_waits_at(const EvacuationPlan::Round& round) const {
  const std::uint32_t junction = world->junction_of(round.home);
  if (junction == no_row) return true;
  if (!pools[junction].parties.empty()) return false;
  const auto zone = std::ranges::find(zones, round.home, &evacuation::Zone::place);
  if (zone == zones.end()) return true;
  if (!zone->told_by_order) return false;  // they are still to be told
  return std::ranges::none_of(zone->parties, [this](std::uint32_t number) {
    const Party& party = parties[number];
    return party.willing && party.vehicle == Vehicle::none &&
           (party.stage == Stage::home || party.stage == Stage::unwarned);
  });
}

void EvacuationEngine::Impl::trip_done(Carrier& carrier) const {
  if (!carrier.planned || carrier.trips_left == 0) return;
  if (--carrier.trips_left == 0) carrier.round = no_row;
}

void EvacuationEngine::Impl::bind_to_rounds(double at_s) {
  if (!options.plan || options.plan->buses + options.plan->boats == 0) return;
  const auto& rounds = options.plan->rounds;
  for (Carrier& one : carriers) {
    const bool idle = one.planned && one.round != no_row && one.stage == Carrier::Stage::idle;
    if (idle && nobody_waits_at(rounds[one.round])) one.round = no_row;
  }
  const std::vector<LocalPoint>& places = world->entities(Kind::junction).place;
  for (OpenRound& open : open_rounds) {
    const EvacuationPlan::Round& round = rounds[open.round];
    if (first_order_s + round.starts_s > at_s) continue;
    if (nobody_waits_at(round)) open.missing = 0;
    for (; open.missing > 0; --open.missing) {
      Carrier* nearest = nullptr;
      double nearest_m = unreachable;
      for (Carrier& one : carriers) {
        const bool free = one.planned && one.kind == round.vehicle && one.round == no_row &&
                          one.stage == Carrier::Stage::idle && one.free_s <= at_s;
        if (!free) continue;
        const double away_m =
            one.at == no_row ? 0 : distance_m(places[one.at], world->place(round.home));
        if (nearest != nullptr && away_m >= nearest_m) continue;
        nearest = &one;
        nearest_m = away_m;
      }
      if (nearest == nullptr) break;
      nearest->round = open.round;
      nearest->places = round.places;
      nearest->trips_left = round.trips;
    }
  }
  std::erase_if(open_rounds, [](const OpenRound& one) { return one.missing == 0; });
}

}  // namespace kontwin
