// How parties arrive, enter, turn back and give up.
#include <algorithm>

#include "scenarios/evacuation/evacuation_state.hpp"

namespace kontwin {

using evacuation::Agenda;

void EvacuationEngine::Impl::take_arrivals(double until_s) {
  struct Arrival {
    double at_s;
    std::uint64_t traveller;
    TripOutcome outcome;
  };
  std::vector<Arrival> arrivals;
  for (const TripOutcome& outcome : travel.take_outcomes()) {
    arrivals.push_back({seconds(outcome.at), outcome.traveller, outcome});
  }
  Agenda::Due due;
  while (arrivals_on_foot.pop(until_s, due)) {
    TripOutcome outcome;
    outcome.result = TripOutcome::Result::arrived;
    outcome.junction = shelters.junction(parties[due.number].refuge);
    arrivals.push_back({due.at_s, due.number, outcome});
  }
  // People on foot and in vehicles queue at the same doors.
  std::ranges::sort(arrivals, [](const Arrival& a, const Arrival& b) {
    return a.at_s != b.at_s ? a.at_s < b.at_s : a.traveller < b.traveller;
  });
  for (const Arrival& one : arrivals) {
    if (one.traveller >= first_carrier) {
      carrier_ended(static_cast<std::uint32_t>(one.traveller - first_carrier), one.at_s,
                    one.outcome);
      continue;
    }
    const auto number = static_cast<std::uint32_t>(one.traveller);
    switch (one.outcome.result) {
      case TripOutcome::Result::arrived:
        arrive(number, one.at_s);
        break;
      case TripOutcome::Result::no_route:
        turn_back(number, one.at_s);
        break;
      case TripOutcome::Result::stranded:
        ended_on_the_way(number, one.at_s, one.outcome);
        break;
    }
  }
}

void EvacuationEngine::Impl::arrive(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  party.junction = shelters.junction(party.refuge);
  party.walk = {};
  if (!shelters.is_open(party.refuge) || !party.has_place) {
    give_up_place(party);
    party.stage = Stage::outside;
    party.due_s = at_s;
    departures.add(at_s, number);
    return;
  }
  party.stage = Stage::entering;
  entrances.add(shelters.door(party.refuge).pass(at_s, party.people), number);
}

void EvacuationEngine::Impl::turn_back(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  give_up_place(party);
  if (party.was_home) {
    evacuation::Zone& zone = zones[party.zone];
    zone.home += party.people;
    zone.moving -= party.people;
    party.at_home = true;
    party.left_s = never;
  }
  party.stage = party.at_home ? Stage::home : Stage::outside;
  look_again = true;
  if (party.keeps_route) {
    // What the plan said is shut: by any other way.
    party.keeps_route = false;
    party.due_s = at_s;
    departures.add(at_s, number);
    return;
  }
  no_way(number, at_s, false);
}

void EvacuationEngine::Impl::strand(std::uint32_t number, double at_s, std::uint32_t junction,
                                    std::string_view why) {
  Party& party = parties[number];
  give_up_place(party);
  party.stage = Stage::stranded;
  party.junction = junction;
  zones[party.zone].moving -= party.people;
  stranded.push_back(
      {zones[party.zone].place, party.people, junction, begin + from_seconds(at_s), why});
}

void EvacuationEngine::Impl::ended_on_the_way(std::uint32_t number, double at_s,
                                              const TripOutcome& outcome) {
  if (outcome.swept) {
    strand(number, at_s, outcome.junction, "swept off by the water");
  } else {
    give_up_vehicle(number, at_s, outcome.junction);
  }
}

void EvacuationEngine::Impl::give_up_vehicle(std::uint32_t number, double at_s,
                                             std::uint32_t junction) {
  Party& party = parties[number];
  give_up_place(party);
  party.junction = junction;
  leave_vehicle(party);
  party.assignment = no_row;
  party.keeps_route = false;
  party.stranding = static_cast<std::uint32_t>(stranded.size());
  stranded.push_back({zones[party.zone].place, party.people, junction, begin + from_seconds(at_s),
                      "no open way to the shelter"});
  look_again = true;
  if (party.helped > 0) {
    party.picked_up = true;
    join_pool(number, at_s);
  } else {
    set_out_on_foot(number, at_s);
  }
}

void EvacuationEngine::Impl::leave_vehicle(Party& party) {
  if (party.ordered && party.vehicle != Vehicle::none && options.plan) {
    const auto& without = options.plan->bound_without;
    if (std::ranges::count(without, zones[party.zone].place) == 0) all_drive = false;
  }
  party.vehicle = Vehicle::none;
  party.mode = EvacuationMode::on_foot;
}

void EvacuationEngine::Impl::enter(double until_s) {
  Agenda::Due due;
  while (entrances.pop(until_s, due)) {
    Party& party = parties[due.number];
    party.stage = Stage::safe;
    party.safe_s = due.at_s;
    shelters.admit(party.refuge, party.people);
    zones[party.zone].moving -= party.people;
    zones[party.zone].safe += party.people;
  }
}

}  // namespace kontwin
