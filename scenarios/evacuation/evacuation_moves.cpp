// How parties set out.
#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/evacuation_state.hpp"

namespace kontwin {

using evacuation::Agenda;
using evacuation::ShelterBook;

namespace {

/// Families with someone of 65 or more: people of 70 walk at about 0.8 of the mean speed; Weidmann
/// 1993, Transporttechnik der Fussgänger (speed by age).
constexpr double slow_factor = 0.8;

}  // namespace

void EvacuationEngine::Impl::keep_place(Party& party, std::uint32_t refuge) {
  party.refuge = refuge;
  party.has_place = true;
  shelters.reserve(refuge, party.people);
}

void EvacuationEngine::Impl::give_up_place(Party& party) {
  if (party.has_place) shelters.release(party.refuge, party.people);
  party.refuge = no_row;
  party.has_place = false;
}

void EvacuationEngine::Impl::goes(Party& party, double at_s) {
  party.was_home = party.at_home;
  party.found_no_way = party.no_room = false;
  if (!party.at_home) return;
  party.at_home = false;
  party.left_s = at_s;
  evacuation::Zone& zone = zones[party.zone];
  zone.left_s = std::max(zone.left_s, at_s);
  zone.home -= party.people;
  zone.moving += party.people;
}

void EvacuationEngine::Impl::leave(double from_s, double until_s) {
  Agenda::Due due;
  while (departures.pop(until_s, due)) {
    const Party& party = parties[due.number];
    const bool waits = party.stage == Stage::home || party.stage == Stage::outside;
    if (waits && party.due_s == due.at_s) set_out(due.number, std::max(due.at_s, from_s));
  }
}

std::uint32_t EvacuationEngine::Impl::choose(Party& party, ShelterBook::By by, double at_s) {
  if (party.assignment != no_row) {
    // Too late for where the plan sends them, as for whatever else it says.
    const double until_s = options.plan->assignments[party.assignment].depart_until_s;
    if (at_s > first_order_s + until_s) party.assignment = no_row;
  }
  if (party.assignment != no_row) {
    const std::uint32_t planned = options.plan->assignments[party.assignment].shelter;
    const double away = shelters.takes(planned, party.people)
                            ? shelters.distance(planned, party.junction, by)
                            : unreachable;
    if (away < unreachable) {
      const std::uint32_t nearer =
          shelters.nearest_of(options.plan->first_come, party.junction, party.people, by, away);
      return nearer == no_row ? planned : nearer;
    }
  }
  return shelters.nearest(party.junction, party.people, by);
}

std::uint32_t EvacuationEngine::Impl::flee_to(const Party& party, ShelterBook::By by) {
  // Where nobody more fits in, there is still room for nobody.
  return in_danger(party) ? shelters.nearest(party.junction, 0, by) : no_row;
}

void EvacuationEngine::Impl::set_out(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  if (party.junction == no_row) {
    no_way(number, at_s, false);
    return;
  }
  if (party.picked_up) {
    join_pool(number, at_s);
    return;
  }
  if (party.vehicle == Vehicle::none) {
    set_out_on_foot(number, at_s);
    return;
  }
  using enum ShelterBook::By;
  const ShelterBook::By by = party.vehicle == Vehicle::motorbike ? motorbike
                             : party.vehicle == Vehicle::car     ? car
                                                                 : bus;
  const std::uint32_t refuge = choose(party, by, at_s);
  if (refuge != no_row) {
    keep_place(party, refuge);
    ride(number, at_s);
  } else if (shelters.has_way(party.junction, by)) {
    party.refuge = flee_to(party, by);
    if (party.refuge == no_row) {
      no_way(number, at_s, true);
    } else {
      ride(number, at_s);
    }
  } else {
    // No road is left for it: on foot, or with whoever comes.
    leave_vehicle(party);
    set_out_on_foot(number, at_s);
  }
}

void EvacuationEngine::Impl::set_out_on_foot(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  std::uint32_t refuge = choose(party, ShelterBook::By::foot, at_s);
  const bool has_room = refuge != no_row;
  if (!has_room) refuge = flee_to(party, ShelterBook::By::foot);
  const double away_m = refuge == no_row
                            ? unreachable
                            : shelters.distance(refuge, party.junction, ShelterBook::By::foot);
  if (!(away_m <= options.walk_limit_km * 1000)) {
    join_pool(number, at_s);
    return;
  }
  party.refuge = refuge;
  if (has_room) keep_place(party, refuge);
  goes(party, at_s);
  party.mode = EvacuationMode::on_foot;
  party.walk = shelters.walk(party.junction, refuge);
  walk_on(number, at_s);
}

void EvacuationEngine::Impl::walk_on(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  party.stage = Stage::walking;
  party.walk_from_s = at_s;
  party.walked_links = 0;
  party.walked_m = 0;
  party.leg_links = static_cast<std::uint32_t>(party.walk.links.size());
  party.leg_m = party.walk.cost;
  Agenda* agenda = &arrivals_on_foot;
  if (!square_on.empty()) {
    const auto street = std::ranges::find_if(
        party.walk.links, [this](std::uint32_t link) { return square_on[link] != no_row; });
    if (street != party.walk.links.end()) {
      agenda = &squares_reached;
      party.leg_links = static_cast<std::uint32_t>(street - party.walk.links.begin());
      party.leg_m = 0;
      for (std::uint32_t i = 0; i < party.leg_links; ++i) {
        party.leg_m +=
            world->entities(Kind::road).attribute(road_attribute::length_m, party.walk.links[i]);
      }
    }
  }
  party.due_s = at_s + party.leg_m / (options.walk_speed_mps * (party.slow ? slow_factor : 1));
  agenda->add(party.due_s, number);
}

void EvacuationEngine::Impl::ride(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  TripRequest trip;
  if (party.keeps_route && party.at_home && party.assignment != no_row &&
      options.plan->assignments[party.assignment].shelter == party.refuge) {
    trip.route = options.plan->assignments[party.assignment].route;
  } else {
    party.keeps_route = false;
  }
  goes(party, at_s);
  party.stage = Stage::riding;
  trip.traveller = number;
  trip.from = party.junction;
  trip.to = shelters.junction(party.refuge);
  trip.depart = begin + from_seconds(at_s);
  trip.vehicle = party.vehicle == Vehicle::coach ? Mover::Kind::bus
                 : party.vehicle == Vehicle::car ? Mover::Kind::car
                                                 : Mover::Kind::motorbike;
  trip.people = static_cast<std::uint16_t>(std::min<std::uint32_t>(party.people, 0xFFFF));
  travel.request(trip);
}

void EvacuationEngine::Impl::no_way(std::uint32_t number, double at_s, bool no_room) {
  Party& party = parties[number];
  party.found_no_way = true;
  party.no_room = no_room;
  party.due_s = at_s + options.retry_min * 60;
  departures.add(party.due_s, number);
}

}  // namespace kontwin
