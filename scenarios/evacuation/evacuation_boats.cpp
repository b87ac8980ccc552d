// Boats, for those to whom no road leads any more.
#include <algorithm>

#include "scenarios/evacuation/evacuation_state.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

namespace {

/// A minute to land and cast off, and five seconds to climb in.
constexpr double landing_s = 60;
constexpr double climbing_s = 5;
/// Streets and channels are longer than the way of a bird.
constexpr double detour = 1.3;

}  // namespace

void EvacuationEngine::Impl::serve_by_boat(std::uint32_t junction, double at_s) {
  if (boat_ways.cost.empty()) {
    std::vector<std::uint32_t> landings;
    for (std::uint32_t row = 0; row < pools.size(); ++row) {
      if (shelters.has_way(row, evacuation::ShelterBook::By::bus)) landings.push_back(row);
    }
    // Boats follow streets and the water over them, in any direction of travel.
    boat_ways = shelters.graph().routes_to(landings, boat_cost_m);
  }
  const auto give_up = [&](Pool& pool) {
    for (const std::uint32_t number : pool.parties) {
      parties[number].found_no_way = true;
      parties[number].no_room = false;
    }
  };
  if (!(boat_ways.cost[junction] < unreachable)) {
    give_up(pools[junction]);
    give_up(patient_pools[junction]);
    return;
  }
  std::uint32_t wanted = 0;
  for (const bool patients : {false, true}) {
    for (const std::uint32_t number : pool_of(junction, patients).parties) {
      wanted += parties[number].seats;
    }
  }
  std::uint32_t coming = coming_to(junction, Mover::Kind::boat);
  const std::vector<LocalPoint>& places = world->entities(Kind::junction).place;
  while (coming < wanted) {
    const std::uint32_t number = find_idle(junction, Mover::Kind::boat, at_s);
    if (number == no_row) return;  // all are under way
    Carrier& boat = carriers[number];
    call_away(boat, junction);
    // The first time it is brought to the water where it is needed.
    const double away_m = boat.at == no_row
                              ? boat_ways.cost[junction]
                              : detour * distance_m(places[boat.at], places[junction]);
    const std::uint32_t from = boat.at == no_row ? junction : boat.at;
    boat.from_x_m = places[from].x_m;
    boat.from_y_m = places[from].y_m;
    boat.from_s = at_s;
    boat.stage = Carrier::Stage::coming;
    boat.to = junction;
    boat.due_s = at_s + landing_s + boat_s(away_m);
    boats_due.add(boat.due_s, number);
    coming += boat.places;
  }
}

bool EvacuationEngine::Impl::board_boat(std::uint32_t number, double at_s) {
  Carrier& boat = carriers[number];
  boat.stage = Carrier::Stage::idle;
  if (boat_ways.cost.empty() || !(boat_ways.cost[boat.at] < unreachable)) return false;
  std::uint32_t used = 0;
  for (const bool patients : {true, false}) {
    Pool& pool = pool_of(boat.at, patients);
    std::size_t count = 0;
    for (; count < pool.parties.size(); ++count) {
      const std::uint32_t seats = parties[pool.parties[count]].seats;
      if (used > 0 && used + seats > boat.places) break;
      used += seats;
    }
    if (count == 0) continue;
    take_in(number, pool, count, at_s);
    if (pool.parties.empty()) (patients ? patients_waiting : waiting).erase(boat.at);
  }
  if (boat.aboard.empty()) return false;
  ++boat.rounds;
  const std::vector<LocalPoint>& places = world->entities(Kind::junction).place;
  boat.from_x_m = places[boat.at].x_m;
  boat.from_y_m = places[boat.at].y_m;
  boat.from_s = at_s;
  boat.to = boat.at;
  for (std::uint32_t link = boat_ways.link[boat.to]; link != no_row;
       link = boat_ways.link[boat.to]) {
    boat.to = shelters.graph().to(link);
  }
  boat.stage = Carrier::Stage::carrying;
  boat.due_s = at_s + landing_s + climbing_s * used + boat_s(boat_ways.cost[boat.at]);
  boats_due.add(boat.due_s, number);
  return true;
}

void EvacuationEngine::Impl::sail(double until_s) {
  evacuation::Agenda::Due due;
  while (boats_due.pop(until_s, due)) {
    Carrier& boat = carriers[due.number];
    const bool carrying = boat.stage == Carrier::Stage::carrying;
    boat.at = boat.to;
    boat.stage = Carrier::Stage::idle;
    boat.free_s = due.at_s;
    if (!carrying) {
      board_boat(due.number, due.at_s);
      continue;
    }
    // From the landing they go on as they can.
    for (const std::uint32_t number : boat.aboard) {
      Party& party = parties[number];
      party.junction = boat.at;
      party.stage = Stage::outside;
      party.due_s = due.at_s;
      departures.add(due.at_s, number);
    }
    boat.aboard.clear();
    trip_done(boat);
  }
}

}  // namespace kontwin
