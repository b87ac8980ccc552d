// Buses and ambulances: who waits for them, where they are sent, their rounds.
#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/evacuation_state.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

using evacuation::ShelterBook;

namespace {

/// A round of cars or lorries does what buses do.
Mover::Kind serves_as(Mover::Kind kind) {
  const bool apart = kind == Mover::Kind::boat || kind == Mover::Kind::ambulance;
  return apart ? kind : Mover::Kind::bus;
}

/// So long before a round of the plan begins vehicles are kept for it, rather than for people who
/// are in no round and wait now.
constexpr double kept_s = 900;

}  // namespace

void EvacuationEngine::Impl::join_pool(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  Pool& pool = pool_of(party.junction, party.to_hospital);
  if (pool.parties.empty()) pool.since_s = at_s;
  pool.parties.push_back(number);
  party.waits_since_s = at_s;
  (party.to_hospital ? patients_waiting : waiting).insert(party.junction);
  party.stage = Stage::pooled;
}

std::uint32_t EvacuationEngine::Impl::hire(Mover::Kind kind, std::uint32_t places,
                                           std::uint32_t at) {
  Carrier carrier;
  carrier.kind = kind;
  carrier.places = places;
  carrier.at = at;
  carrier.hired = true;
  carriers.push_back(std::move(carrier));
  return static_cast<std::uint32_t>(carriers.size() - 1);
}

std::uint32_t EvacuationEngine::Impl::coming_to(std::uint32_t junction, Mover::Kind kind) const {
  std::uint32_t places = 0;
  for (const Carrier& one : carriers) {
    if (one.stage != Carrier::Stage::coming || one.to != junction) continue;
    if (serves_as(one.kind) == kind) places += one.places;
  }
  return places;
}

bool EvacuationEngine::Impl::is_urgent(std::uint32_t junction) const {
  const auto endangered = [this](std::uint32_t number) { return in_danger(parties[number]); };
  return std::ranges::any_of(pools[junction].parties, endangered) ||
         std::ranges::any_of(patient_pools[junction].parties, endangered);
}

void EvacuationEngine::Impl::call_away(Carrier& carrier, std::uint32_t junction) {
  if (carrier.round == no_row) return;
  if (world->junction_of(options.plan->rounds[carrier.round].home) == junction) return;
  // Its round waits for the next that is free; a vehicle of that round alone comes back to it.
  if (!carrier.planned) return;
  const auto same = std::ranges::find(open_rounds, carrier.round, &OpenRound::round);
  if (same == open_rounds.end()) {
    open_rounds.push_back({carrier.round, 1});
  } else {
    ++same->missing;
  }
  carrier.round = no_row;
  carrier.trips_left = 0;
}

std::uint32_t EvacuationEngine::Impl::find_idle(std::uint32_t junction, Mover::Kind kind,
                                                double at_s) const {
  // Who stands in dangerous water goes before every plan.
  const bool urgent = is_urgent(junction);
  const bool round_begins = std::ranges::any_of(open_rounds, [&](const OpenRound& open) {
    const EvacuationPlan::Round& round = options.plan->rounds[open.round];
    return serves_as(round.vehicle) == kind && first_order_s + round.starts_s <= at_s + kept_s;
  });
  const std::vector<LocalPoint>& places = world->entities(Kind::junction).place;
  std::uint32_t best = no_row;
  double best_m = unreachable;
  bool best_bound = false;
  for (std::uint32_t number = 0; number < carriers.size(); ++number) {
    const Carrier& one = carriers[number];
    if (one.stage != Carrier::Stage::idle || one.hired || one.free_s > at_s) continue;
    const bool bound =
        one.round != no_row && world->junction_of(options.plan->rounds[one.round].home) == junction;
    if (one.round != no_row && !bound) {
      if (!urgent) continue;
    } else if (one.planned && !bound && !urgent && round_begins) {
      continue;
    }
    if (serves_as(one.kind) != kind) continue;
    const double away_m = one.at == no_row ? 0 : distance_m(places[one.at], places[junction]);
    if (best != no_row && (bound < best_bound || (bound == best_bound && away_m >= best_m))) {
      continue;
    }
    best = number;
    best_m = away_m;
    best_bound = bound;
  }
  return best;
}

void EvacuationEngine::Impl::send_carriers(double at_s) {
  bind_to_rounds(at_s);
  // Serving a pool may empty it, which takes it off the list.
  for (const bool patients : {false, true}) {
    const std::set<std::uint32_t>& where = patients ? patients_waiting : waiting;
    std::vector<std::uint32_t> junctions(where.begin(), where.end());
    // Whoever waits longest comes first, however the places are numbered.
    std::ranges::stable_sort(junctions, {}, [&](std::uint32_t junction) {
      return parties[pool_of(junction, patients).parties.front()].waits_since_s;
    });
    std::stable_partition(junctions.begin(), junctions.end(),
                          [this](std::uint32_t junction) { return is_urgent(junction); });
    for (const std::uint32_t junction : junctions) serve(junction, patients, at_s);
  }
}

void EvacuationEngine::Impl::serve(std::uint32_t junction, bool patients, double at_s) {
  Pool& pool = pool_of(junction, patients);
  if (at_s < pool.not_before_s) return;
  const Mover::Kind kind = patients ? Mover::Kind::ambulance : Mover::Kind::bus;
  const ShelterBook::By by = patients ? ShelterBook::By::ambulance : ShelterBook::By::bus;
  const auto fails = [&](bool no_room) {
    pool.not_before_s = at_s + options.retry_min * 60;
    for (const std::uint32_t number : pool.parties) {
      parties[number].found_no_way = true;
      parties[number].no_room = no_room;
    }
  };
  const bool way = shelters.has_way(junction, by) ||
                   (patients && shelters.nearest_hospital(junction, 1, by) != no_row);
  if (!way) {
    const bool boats = std::ranges::any_of(
        carriers, [](const Carrier& one) { return one.kind == Mover::Kind::boat; });
    if (boats) {
      serve_by_boat(junction, at_s);
    } else {
      fails(false);
    }
    return;
  }
  const bool by_plan = !patients && has_round[junction] != 0;
  const bool on_call = !by_plan && !(patients ? options.ambulances : options.buses).has_value();
  const auto places =
      patients ? evacuation::ambulance_berths : static_cast<std::uint32_t>(options.bus_places);
  while (!pool.parties.empty()) {
    std::uint32_t wanted = 0;
    for (const std::uint32_t number : pool.parties) {
      wanted += patients ? parties[number].berths : parties[number].seats;
    }
    if (on_call) {
      const bool full = patients || wanted >= places;
      if (!full && at_s < pool.since_s + options.bus_wait_min * 60) return;
      const std::uint32_t carrier = hire(kind, places, junction);
      if (board(carrier, at_s)) continue;
      carriers.pop_back();
      fails(true);
      return;
    }
    if (coming_to(junction, kind) >= wanted) return;
    const Party& first = parties[pool.parties.front()];
    std::uint32_t refuge =
        patients ? bed_for(first, junction) : shelters.nearest(junction, first.people, by);
    if (refuge == no_row && !patients) refuge = flee_to(first, by);
    if (refuge == no_row) {
      fails(true);
      return;
    }
    const std::uint32_t carrier = find_idle(junction, kind, at_s);
    if (carrier == no_row) return;  // all are under way
    call_away(carriers[carrier], junction);
    if (carriers[carrier].at != junction) {
      send(carrier, junction, at_s);
    } else if (!board(carrier, at_s)) {
      fails(true);
      return;
    }
  }
}

}  // namespace kontwin
