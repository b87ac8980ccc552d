// How people get into buses and ambulances and out of them.
#include <algorithm>

#include "scenarios/evacuation/evacuation_state.hpp"

namespace kontwin {

using evacuation::ShelterBook;

namespace {

/// About 3 s a passenger through one door and a minute to stop and start: Transit Capacity and
/// Quality of Service Manual, 3rd edition (2013), chapter 6.
constexpr double boarding_s = 3;
constexpr double stop_s = 60;
/// Someone who cannot walk is lifted or carried in and secured: 60 to 200 s for a wheelchair, by
/// the same manual. Stretchers are taken to need as long.
constexpr double carrying_s = 120;

double loading_s(std::uint32_t people, std::uint32_t helped) {
  return stop_s + boarding_s * people + carrying_s * helped;
}

}  // namespace

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
    if (waits_stranded(party)) stranded[party.stranding].fetched = begin + from_seconds(at_s);
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

std::uint32_t EvacuationEngine::Impl::bed_for(const Party& party, std::uint32_t junction) {
  if (party.bed_at != no_row) {
    const std::uint32_t planned = shelters.hospital(party.bed_at);
    const bool fits =
        shelters.takes(planned, party.people) &&
        shelters.distance(planned, junction, ShelterBook::By::ambulance) < unreachable;
    if (fits) return planned;
  }
  return shelters.nearest_hospital(junction, party.people, ShelterBook::By::ambulance);
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
    refuge = bed_for(first, carrier.at);
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
  const bool has_room = refuge != no_row;
  if (!has_room && !patients) refuge = flee_to(first, ShelterBook::By::bus);
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
    if (count > 0 && patients && bed_for(party, carrier.at) != refuge) break;
    if (count > 0 && has_room && !shelters.takes(refuge, party.people)) break;
    party.refuge = refuge;
    if (has_room) keep_place(party, refuge);
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
      for (const std::uint32_t one : carrier.aboard) ended_on_the_way(one, at_s, outcome);
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
  trip_done(carrier);
}

}  // namespace kontwin
