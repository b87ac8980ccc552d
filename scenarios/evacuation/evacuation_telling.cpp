// Who is told to leave, hears of it, and how each household splits up to travel.
#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/evacuation_state.hpp"

namespace kontwin {

namespace {

/// The plan's assignments of a place, filled by its households.
class PlannedPlaces {
 public:
  PlannedPlaces(const EvacuationPlan& plan, EntityRef home) : plan_(plan) {
    for (std::uint32_t i = 0; i < plan.assignments.size(); ++i) {
      const EvacuationPlan::Assignment& one = plan.assignments[i];
      if (one.home == home) open_.push_back({i, one.people, !one.route.empty()});
    }
  }

  /// The assignment that a household who drives goes by: the first that is left, with a route if
  /// there is one. no_row: none is left.
  std::uint32_t of_drivers(std::uint32_t people) {
    return take(people, [](const Open& one) { return one.has_route ? 0.0 : 1.0; });
  }
  /// Of one that does not: the nearest on foot, without a route if there is one.
  template <typename WalkTo>
  std::uint32_t of_walkers(std::uint32_t people, const WalkTo& walk_to_m) {
    return take(people, [&](const Open& one) {
      constexpr double last = 1e9;
      const double way_m = walk_to_m(plan_.assignments[one.assignment].shelter);
      return std::min(way_m, last) + (one.has_route ? 2 * last : 0);
    });
  }

 private:
  struct Open {
    std::uint32_t assignment, places;
    bool has_route;
  };
  template <typename Cost>
  std::uint32_t take(std::uint32_t people, const Cost& cost) {
    const auto best = std::ranges::min_element(open_, {}, cost);
    if (best == open_.end()) return no_row;
    const std::uint32_t assignment = best->assignment;
    // The last household of an assignment stays together.
    best->places -= std::min(best->places, people);
    if (best->places == 0) open_.erase(best);
    return assignment;
  }

  const EvacuationPlan& plan_;
  std::vector<Open> open_;  // with places left, in the plan's order
};

}  // namespace

using evacuation::Household;
using evacuation::Means;
using evacuation::Need;
using evacuation::Person;

void EvacuationEngine::Impl::order(std::uint32_t number, double at_s) {
  evacuation::Zone& zone = zones[number];
  if (zone.told_by_order) return;
  zone.told_by_order = true;
  zone.ordered_s = at_s;
  ordered_people += zone.home;
  if (!(first_order_s >= 0)) {
    first_order_s = at_s;
    if (options.plan) shelters.announce(options.plan->closing, at_s, options.plan->safety_s);
    begin_rounds(at_s);
  }
  // Those who leave of their own accord leave now by order, and no later for it.
  for (const std::uint32_t one : zone.parties) {
    Party& party = parties[one];
    if (party.stage != Stage::home && party.stage != Stage::pooled) continue;
    party.ordered = true;
    party.told_s = at_s;
  }
  if (zone.place.kind == Kind::hospital) {
    shelters.leave_hospital(zone.place.row);
    tell_patients(number, at_s);
  } else {
    tell(number, at_s, options.compliance, true);
    fill_square(number, at_s);
  }
}

void EvacuationEngine::Impl::assign(std::uint32_t number, std::span<const Household> households,
                                    double before, double share,
                                    std::span<std::uint32_t> assigned) {
  PlannedPlaces places(*options.plan, zones[number].place);
  const std::uint32_t junction = zones[number].junction;
  const auto walk_to_m = [&](std::uint32_t shelter) {
    return junction == no_row
               ? unreachable
               : shelters.distance(shelter, junction, evacuation::ShelterBook::By::foot);
  };
  // Who is ready first leaves in the first wave.
  struct Ready {
    double at_min;
    const Household* household;
  };
  std::vector<Ready> drivers;
  for (const Household& one : households) {
    if (one.willingness < before || one.willingness >= share) continue;
    if (one.means == Means::on_foot) {
      // Those who walk have the first choice: what is near counts for them alone.
      assigned[one.number] = places.of_walkers(one.people, walk_to_m);
    } else {
      drivers.push_back({hears_after_min(number, one) + one.delay_min, &one});
    }
  }
  std::ranges::stable_sort(drivers, {}, &Ready::at_min);
  for (const Ready& one : drivers) {
    assigned[one.household->number] = places.of_drivers(one.household->people);
  }
}

double EvacuationEngine::Impl::hears_after_min(std::uint32_t zone,
                                               const Household& household) const {
  const std::uint64_t key = (std::uint64_t{zone} << 32U) | household.number;
  return evacuation::hears_after_min(options.warning, key, seed);
}

void EvacuationEngine::Impl::tell(std::uint32_t number, double at_s, double share, bool ordered) {
  const evacuation::Zone& zone = zones[number];
  // Those below the other share were told before.
  const double before = ordered && zone.told_by_water ? options.spontaneous_share : 0;
  const bool lives_here = zone.place.kind == Kind::residence;
  const auto households = lives_here
                              ? evacuation::households_of(
                                    number, zone.at_start,
                                    world->entities(Kind::residence)
                                        .attribute(residence_attribute::households, zone.place.row),
                                    options, seed)
                              : evacuation::visitor_groups_of(number, zone.at_start, options, seed);

  std::vector<std::uint32_t> assigned(households.size(), no_row);
  if (ordered && options.plan) assign(number, households, before, share, assigned);

  Party coach;
  std::vector<Person> in_coach;
  const auto coach_leaves = [&] {
    if (!in_coach.empty()) add_party(coach, in_coach);
    in_coach.clear();
  };
  for (const Household& one : households) {
    if (one.willingness < before || (!ordered && one.willingness >= share)) continue;
    const auto members = evacuation::members_of(number, one, options, seed);
    Party party;
    party.zone = number;
    party.ordered = ordered;
    party.told_s = at_s;
    party.delay_s = one.delay_min * 60;
    if (!ordered) party.delay_s *= hurried_share(zone.place.kind);
    // Who sees the water needs no warning.
    party.heard_s = ordered ? at_s + 60 * hears_after_min(number, one) : at_s;
    if (one.willingness >= share) {
      party.willing = false;
      party.stage = std::isinf(party.heard_s) ? Stage::unwarned : Stage::stays;
      add_party(party, members);
      continue;
    }
    party.assignment = assigned[one.number];
    if (party.assignment != no_row) {
      const auto& planned = options.plan->assignments[party.assignment];
      party.keeps_route = !planned.route.empty();
      party.not_before_s = first_order_s + planned.depart_from_s;
    }
    if (std::isinf(party.heard_s)) party.stage = Stage::unwarned;
    if (one.means != Means::coach) {
      split(one, members, party);
      continue;
    }
    // Groups of one coach leave with the first of them.
    if (in_coach.size() + members.size() > evacuation::coach_places) coach_leaves();
    if (in_coach.empty()) {
      coach = party;
      coach.vehicle = Vehicle::coach;
    }
    in_coach.insert(in_coach.end(), members.begin(), members.end());
  }
  coach_leaves();
}

void EvacuationEngine::Impl::split(const Household& household, std::span<const Person> members,
                                   Party party) {
  std::size_t taken = 0;
  for (const evacuation::Seated& one : evacuation::seated(household, members)) {
    party.vehicle = one.vehicle;
    party.picked_up = one.picked_up;
    add_party(party, members.subspan(taken, one.people));
    taken += one.people;
  }
}

void EvacuationEngine::Impl::tell_patients(std::uint32_t number, double at_s) {
  std::vector<Need> needs;
  const auto patients =
      evacuation::patients_of(number, zones[number].at_start, options, seed, needs);
  std::vector<EvacuationPlan::Ward> wards;
  if (options.plan) wards = options.plan->wards;
  for (const Household& one : patients) {
    Person person;
    person.zone = number;
    person.household = one.number;
    person.need = needs[one.number];
    Party party;
    party.zone = number;
    party.ordered = true;
    party.picked_up = true;
    party.to_hospital = person.need != Need::none;
    const auto ward = std::ranges::find_if(wards, [&](const EvacuationPlan::Ward& planned) {
      return planned.hospital == zones[number].place.row && planned.need == person.need &&
             planned.patients > 0;
    });
    if (ward != wards.end()) {
      party.bed_at = ward->to;
      --ward->patients;
    }
    party.told_s = party.heard_s = at_s;
    party.delay_s = one.delay_min * 60;
    add_party(party, std::span(&person, 1));
  }
}

std::uint32_t EvacuationEngine::Impl::add_party(Party party, std::span<const Person> members) {
  const auto number = static_cast<std::uint32_t>(parties.size());
  party.junction = zones[party.zone].junction;
  party.first_person = static_cast<std::uint32_t>(people.size());
  party.people = static_cast<std::uint32_t>(members.size());
  for (Person one : members) {
    party.seats += evacuation::seats_of(one.need);
    party.berths += evacuation::berths_of(one.need);
    if (one.need != Need::none) ++party.helped;
    if (one.age == evacuation::Age::old) party.slow = true;
    one.party = number;
    people.push_back(one);
  }
  using enum EvacuationMode;
  party.mode = party.vehicle == Vehicle::motorbike ? motorbike
               : party.vehicle == Vehicle::car     ? car
               : party.vehicle == Vehicle::coach   ? bus
                                                   : on_foot;
  const bool leaves = party.stage == Stage::home;
  const bool over_square = leaves && square_of[party.zone] != no_row;
  party.due_s = std::max(party.heard_s + party.delay_s, party.not_before_s);
  if (leaves && !over_square) {
    departures.add(party.due_s, number);
    const double ready_s = party.heard_s + party.delay_s;
    const bool may_be_called = options.plan && options.plan->under_way > 0;
    if (may_be_called && party.due_s > ready_s) ready_for_wave.add(ready_s, number);
  }
  zones[party.zone].parties.push_back(number);
  parties.push_back(std::move(party));
  if (over_square) hand_over(number);
  return number;
}

}  // namespace kontwin
