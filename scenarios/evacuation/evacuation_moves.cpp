// How parties set out, arrive, enter, turn back.
#include <algorithm>

#include "scenarios/evacuation/evacuation_state.hpp"

namespace kontwin {

using evacuation::ShelterBook;

void EvacuationEngine::Impl::Agenda::add(double at_s, std::uint32_t party) {
  heap_.push_back({at_s, party});
  std::push_heap(heap_.begin(), heap_.end());
}

bool EvacuationEngine::Impl::Agenda::pop(double until_s, Due& due) {
  if (heap_.empty() || heap_.front().at_s >= until_s) return false;
  due = heap_.front();
  std::pop_heap(heap_.begin(), heap_.end());
  heap_.pop_back();
  return true;
}

void EvacuationEngine::Impl::keep_place(Party& party, std::uint32_t shelter) {
  party.shelter = shelter;
  shelters.reserve(shelter, party.people);
}

void EvacuationEngine::Impl::give_up_place(Party& party) {
  shelters.release(party.shelter, party.people);
  party.shelter = no_row;
}

void EvacuationEngine::Impl::goes(Party& party, double at_s) {
  party.was_home = party.stage == Stage::home || party.stage == Stage::pooled;
  party.found_no_way = false;
  if (!party.was_home) return;
  party.left_s = at_s;
  home[party.residence] -= party.people;
  moving[party.residence] += party.people;
}

// -- arriving
// --------------------------------------------------------------------------------------

void EvacuationEngine::Impl::take_arrivals(double until_s) {
  struct Arrival {
    double at_s;
    std::uint32_t party;
    TripOutcome outcome;
  };
  std::vector<Arrival> arrivals;
  for (const TripOutcome& outcome : travel.take_outcomes()) {
    const auto number = static_cast<std::uint32_t>(outcome.traveller);
    arrivals.push_back({seconds(outcome.at), number, outcome});
  }
  Due due;
  while (arrivals_on_foot.pop(until_s, due)) {
    TripOutcome outcome;
    outcome.result = TripOutcome::Result::arrived;
    outcome.junction = shelters.junction(parties[due.party].shelter);
    arrivals.push_back({due.at_s, due.party, outcome});
  }
  // People on foot and in vehicles queue at the same doors.
  std::ranges::sort(arrivals, [](const Arrival& a, const Arrival& b) {
    return a.at_s != b.at_s ? a.at_s < b.at_s : a.party < b.party;
  });
  for (const Arrival& one : arrivals) {
    switch (one.outcome.result) {
      case TripOutcome::Result::arrived:
        arrive(one.party, one.at_s);
        break;
      case TripOutcome::Result::no_route:
        turn_home(one.party, one.at_s);
        break;
      case TripOutcome::Result::stranded:
        strand(one.party, one.at_s, one.outcome.junction);
        break;
    }
  }
}

void EvacuationEngine::Impl::arrive(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  party.junction = shelters.junction(party.shelter);
  party.walk = {};
  if (!shelters.is_open(party.shelter)) {
    give_up_place(party);
    party.stage = Stage::outside;
    party.due_s = at_s;
    departures.add(at_s, number);
    return;
  }
  party.stage = Stage::entering;
  entrances.add(shelters.door(party.shelter).pass(at_s, party.people), number);
}

void EvacuationEngine::Impl::turn_home(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  give_up_place(party);
  if (party.was_home) {
    home[party.residence] += party.people;
    moving[party.residence] -= party.people;
    party.left_s = std::numeric_limits<double>::quiet_NaN();
  }
  party.stage = party.was_home ? Stage::home : Stage::outside;
  look_again = true;
  no_way(number, at_s);
}

void EvacuationEngine::Impl::strand(std::uint32_t number, double at_s, std::uint32_t junction) {
  Party& party = parties[number];
  give_up_place(party);
  party.stage = Stage::stranded;
  party.junction = junction;
  moving[party.residence] -= party.people;
  stranded.push_back({party.residence, party.people, junction, begin + from_seconds(at_s),
                      "no open way to the shelter"});
}

void EvacuationEngine::Impl::enter(double until_s) {
  Due due;
  while (entrances.pop(until_s, due)) {
    Party& party = parties[due.party];
    party.stage = Stage::safe;
    party.safe_s = due.at_s;
    shelters.admit(party.shelter, party.people);
    moving[party.residence] -= party.people;
    safe[party.residence] += party.people;
  }
}

// -- setting out
// -----------------------------------------------------------------------------------

void EvacuationEngine::Impl::leave(double from_s, double until_s) {
  Due due;
  while (departures.pop(until_s, due)) {
    const Party& party = parties[due.party];
    const bool waits = party.stage == Stage::home || party.stage == Stage::outside;
    if (waits && party.due_s == due.at_s) set_out(due.party, std::max(due.at_s, from_s));
  }
}

void EvacuationEngine::Impl::set_out(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  if (party.junction == no_row) {
    no_way(number, at_s);
  } else if (party.vehicle == Vehicle::none) {
    set_out_on_foot(number, at_s);
  } else {
    const std::uint32_t shelter =
        shelters.nearest(party.junction, party.people, ShelterBook::By::road);
    if (shelter == no_row) {
      no_way(number, at_s);
    } else {
      ride(number, shelter, at_s);
    }
  }
}

void EvacuationEngine::Impl::set_out_on_foot(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  const std::uint32_t shelter =
      shelters.nearest(party.junction, party.people, ShelterBook::By::foot);
  Route way;
  way.cost = unreachable;
  if (shelter != no_row) way = shelters.walk(party.junction, shelter);
  const bool near = way.cost <= options.walk_limit_km * 1000;
  if (near || (party.stage == Stage::outside && way.cost < unreachable)) {
    keep_place(party, shelter);
    goes(party, at_s);
    party.stage = Stage::walking;
    party.walk_from_s = at_s;
    party.due_s = at_s + way.cost / options.walk_speed_mps;
    party.walk = std::move(way);
    arrivals_on_foot.add(party.due_s, number);
    return;
  }
  if (party.stage == Stage::outside) {
    no_way(number, at_s);
    return;
  }
  Pool& pool = pools[party.residence];
  if (pool.parties.empty()) pool.since_s = at_s;
  pool.parties.push_back(number);
  party.stage = Stage::pooled;
}

void EvacuationEngine::Impl::ride(std::uint32_t number, std::uint32_t shelter, double at_s) {
  Party& party = parties[number];
  keep_place(party, shelter);
  goes(party, at_s);
  party.stage = Stage::riding;
  TripRequest trip;
  trip.traveller = number;
  trip.from = party.junction;
  trip.to = shelters.junction(shelter);
  trip.depart = begin + from_seconds(at_s);
  trip.vehicle = party.vehicle == Vehicle::bus   ? Mover::Kind::bus
                 : party.vehicle == Vehicle::car ? Mover::Kind::car
                                                 : Mover::Kind::motorbike;
  trip.people = static_cast<std::uint16_t>(std::min<std::uint32_t>(party.people, 0xFFFF));
  travel.request(trip);
}

void EvacuationEngine::Impl::no_way(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  party.found_no_way = true;
  party.due_s = at_s + options.retry_min * 60;
  departures.add(party.due_s, number);
}

void EvacuationEngine::Impl::send_buses(double at_s) {
  const auto places = static_cast<std::uint32_t>(options.bus_places);
  for (std::uint32_t residence = 0; residence < pools.size(); ++residence) {
    Pool& pool = pools[residence];
    while (!pool.parties.empty()) {
      std::uint32_t waiting = 0;
      for (const std::uint32_t number : pool.parties) waiting += parties[number].people;
      if (waiting < places && at_s < pool.since_s + options.bus_wait_min * 60) break;
      Party bus = parties[pool.parties.front()];
      bus.vehicle = Vehicle::bus;
      bus.stage = Stage::home;
      bus.people = 0;
      std::size_t taken = 0;
      for (; taken < pool.parties.size(); ++taken) {
        Party& member = parties[pool.parties[taken]];
        if (taken > 0 && bus.people + member.people > places) break;
        bus.people += member.people;
        member.stage = Stage::merged;
      }
      pool.parties.erase(pool.parties.begin(),
                         pool.parties.begin() + static_cast<std::ptrdiff_t>(taken));
      pool.since_s = at_s;
      const auto number = static_cast<std::uint32_t>(parties.size());
      of_residence[residence].push_back(number);
      parties.push_back(bus);
      set_out(number, at_s);
    }
  }
}

}  // namespace kontwin
