// Buses and ambulances: who waits for them, where they are sent, their rounds.
#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/evacuation_state.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

using evacuation::ShelterBook;

namespace {

constexpr std::uint64_t first_carrier = std::uint64_t{1} << 40U;

/// About 3 s a passenger through one door and a minute to stop and start: Transit Capacity and
/// Quality of Service Manual, 3rd edition (2013), chapter 6.
constexpr double boarding_s = 3;
constexpr double stop_s = 60;
/// Someone who cannot walk is carried in.
constexpr double carrying_s = 120;

/// A round of cars or lorries does what buses do.
Mover::Kind serves_as(Mover::Kind kind) {
  const bool apart = kind == Mover::Kind::boat || kind == Mover::Kind::ambulance;
  return apart ? kind : Mover::Kind::bus;
}

double loading_s(std::uint32_t people, std::uint32_t helped) {
  return stop_s + boarding_s * people + carrying_s * helped;
}

}  // namespace

void EvacuationEngine::Impl::join_pool(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  Pool& pool = pool_of(party.junction, party.to_hospital);
  if (pool.parties.empty()) pool.since_s = at_s;
  pool.parties.push_back(number);
  (party.to_hospital ? patients_waiting : waiting).insert(party.junction);
  party.stage = Stage::pooled;
}

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
  spread(Mover::Kind::bus, options.buses.value_or(0), seats, 0, shelters.shelters());
  spread(Mover::Kind::ambulance, options.ambulances.value_or(0), evacuation::ambulance_berths,
         shelters.shelters(), shelters.size());
  for (std::uint32_t i = 0; i < options.boats; ++i) {
    Carrier& boat =
        carriers[hire(Mover::Kind::boat, static_cast<std::uint32_t>(options.boat_places), no_row)];
    boat.hired = false;
    boat.free_s = at_s + options.boat_ready_min * 60;
  }
  if (!options.plan) return;
  for (std::uint32_t row = 0; row < options.plan->rounds.size(); ++row) {
    const EvacuationPlan::Round& round = options.plan->rounds[row];
    for (std::uint32_t i = 0; i < round.vehicles; ++i) {
      const bool boat = round.vehicle == Mover::Kind::boat;
      Carrier& carrier = carriers[hire(round.vehicle, round.places,
                                       boat ? no_row : shelters.junction(round.shelter))];
      carrier.hired = false;
      carrier.round = row;
      carrier.free_s = at_s + round.starts_s;
    }
  }
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

std::uint32_t EvacuationEngine::Impl::find_idle(std::uint32_t junction, Mover::Kind kind,
                                                double at_s) const {
  const std::vector<LocalPoint>& places = world->entities(Kind::junction).place;
  std::uint32_t best = no_row;
  double best_m = unreachable;
  bool best_bound = false;
  for (std::uint32_t number = 0; number < carriers.size(); ++number) {
    const Carrier& one = carriers[number];
    if (one.stage != Carrier::Stage::idle || one.hired || one.free_s > at_s) continue;
    const bool bound = one.round != no_row;
    if (bound) {
      const std::uint32_t residence = options.plan->rounds[one.round].residence;
      if (world->junction_of({Kind::residence, residence}) != junction) continue;
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
  // Serving a pool may empty it, which takes it off the list.
  const std::vector<std::uint32_t> seats(waiting.begin(), waiting.end());
  for (const std::uint32_t junction : seats) serve(junction, false, at_s);
  const std::vector<std::uint32_t> berths(patients_waiting.begin(), patients_waiting.end());
  for (const std::uint32_t junction : berths) serve(junction, true, at_s);
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
  const bool has_round =
      !patients && options.plan && std::ranges::any_of(options.plan->rounds, [&](const auto& one) {
        return world->junction_of({Kind::residence, one.residence}) == junction;
      });
  const bool on_call = !has_round && !(patients ? options.ambulances : options.buses).has_value();
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
    const std::uint32_t refuge = patients ? shelters.nearest_hospital(junction, first.people, by)
                                          : shelters.nearest(junction, first.people, by);
    if (refuge == no_row) {
      fails(true);
      return;
    }
    const std::uint32_t carrier = find_idle(junction, kind, at_s);
    if (carrier == no_row) return;  // all are under way
    if (carriers[carrier].at != junction) {
      send(carrier, junction, at_s);
    } else if (!board(carrier, at_s)) {
      fails(true);
      return;
    }
  }
}

void EvacuationEngine::Impl::send(std::uint32_t number, std::uint32_t junction, double at_s) {
  Carrier& carrier = carriers[number];
  carrier.stage = Carrier::Stage::coming;
  carrier.to = junction;
  TripRequest trip;
  trip.traveller = first_carrier + number;
  trip.from = carrier.at;
  trip.to = junction;
  trip.depart = begin + from_seconds(at_s);
  trip.vehicle = carrier.kind;
  travel.request(trip);
}

void EvacuationEngine::Impl::take_in(std::uint32_t number, Pool& pool, std::size_t count,
                                     double at_s) {
  Carrier& carrier = carriers[number];
  for (std::size_t i = 0; i < count; ++i) {
    Party& party = parties[pool.parties[i]];
    goes(party, at_s);
    party.stage = Stage::aboard;
    party.mode = carrier.kind == Mover::Kind::boat        ? EvacuationMode::boat
                 : carrier.kind == Mover::Kind::ambulance ? EvacuationMode::ambulance
                                                          : EvacuationMode::bus;
    carrier.aboard.push_back(pool.parties[i]);
  }
  pool.parties.erase(pool.parties.begin(),
                     pool.parties.begin() + static_cast<std::ptrdiff_t>(count));
  pool.since_s = at_s;
}

bool EvacuationEngine::Impl::board(std::uint32_t number, double at_s) {
  Carrier& carrier = carriers[number];
  const bool patients = carrier.kind == Mover::Kind::ambulance;
  Pool& pool = pool_of(carrier.at, patients);
  carrier.stage = Carrier::Stage::idle;
  if (pool.parties.empty()) return false;
  const Party& first = parties[pool.parties.front()];
  std::uint32_t refuge = no_row;
  if (patients) {
    refuge = shelters.nearest_hospital(carrier.at, first.people, ShelterBook::By::ambulance);
  } else {
    if (carrier.round != no_row) {
      const std::uint32_t planned = options.plan->rounds[carrier.round].shelter;
      const bool fits = shelters.takes(planned, first.people) &&
                        shelters.distance(planned, carrier.at, ShelterBook::By::bus) < unreachable;
      if (fits) refuge = planned;
    }
    if (refuge == no_row) {
      refuge = shelters.nearest(carrier.at, first.people, ShelterBook::By::bus);
    }
  }
  if (refuge == no_row) return false;
  std::uint32_t used = 0;
  std::uint32_t people_in = 0;
  std::uint32_t helped = 0;
  std::size_t count = 0;
  for (; count < pool.parties.size(); ++count) {
    Party& party = parties[pool.parties[count]];
    const std::uint32_t takes = patients ? party.berths : party.seats;
    // A family that is larger than a bus squeezes in.
    if (count > 0 && used + takes > carrier.places) break;
    if (count > 0 && !shelters.takes(refuge, party.people)) break;
    keep_place(party, refuge);
    used += takes;
    people_in += party.people;
    helped += party.helped;
  }
  const std::uint32_t junction = carrier.at;
  take_in(number, pool, count, at_s);
  if (pool.parties.empty()) (patients ? patients_waiting : waiting).erase(junction);
  carrier.stage = Carrier::Stage::carrying;
  carrier.to = shelters.junction(refuge);
  ++carrier.rounds;
  TripRequest trip;
  trip.traveller = first_carrier + number;
  trip.from = junction;
  trip.to = carrier.to;
  trip.depart = begin + from_seconds(at_s + loading_s(people_in, helped));
  trip.vehicle = carrier.kind;
  trip.people = static_cast<std::uint16_t>(std::min<std::uint32_t>(people_in, 0xFFFF));
  travel.request(trip);
  return true;
}

void EvacuationEngine::Impl::carrier_ended(std::uint32_t number, double at_s,
                                           const TripOutcome& outcome) {
  Carrier& carrier = carriers[number];
  const bool carrying = carrier.stage == Carrier::Stage::carrying;
  switch (outcome.result) {
    case TripOutcome::Result::arrived:
      carrier.at = carrier.to;
      if (carrying) {
        unload(number, at_s);
      } else {
        board(number, at_s);
      }
      break;
    case TripOutcome::Result::no_route:
      look_again = true;
      carrier.stage = carrier.hired ? Carrier::Stage::gone : Carrier::Stage::idle;
      carrier.free_s = at_s + options.retry_min * 60;
      for (const std::uint32_t one : carrier.aboard) {
        Party& party = parties[one];
        give_up_place(party);
        if (party.was_home) {
          zones[party.zone].home += party.people;
          zones[party.zone].moving -= party.people;
          party.at_home = true;
          party.left_s = never;
        }
        party.found_no_way = true;
        join_pool(one, at_s);
        pool_of(party.junction, party.to_hospital).not_before_s = at_s + options.retry_min * 60;
      }
      carrier.aboard.clear();
      break;
    case TripOutcome::Result::stranded:
      carrier.stage = Carrier::Stage::gone;
      for (const std::uint32_t one : carrier.aboard) strand(one, at_s, outcome.junction);
      carrier.aboard.clear();
      break;
  }
}

void EvacuationEngine::Impl::unload(std::uint32_t number, double at_s) {
  Carrier& carrier = carriers[number];
  std::uint32_t people_in = 0;
  std::uint32_t helped = 0;
  for (const std::uint32_t one : carrier.aboard) {
    people_in += parties[one].people;
    helped += parties[one].helped;
    arrive(one, at_s);
  }
  carrier.aboard.clear();
  carrier.stage = carrier.hired ? Carrier::Stage::gone : Carrier::Stage::idle;
  carrier.free_s = at_s + loading_s(people_in, helped);
}

}  // namespace kontwin
