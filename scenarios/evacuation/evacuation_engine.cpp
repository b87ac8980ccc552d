#include "scenarios/evacuation/evacuation_engine.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "scenarios/evacuation/evacuation_check.hpp"
#include "scenarios/evacuation/evacuation_state.hpp"
#include "twin/error.hpp"

namespace kontwin {

EvacuationEngine::Impl::Impl(const Branch& branch, TravelService& service, EvacuationOptions wanted,
                             std::vector<evacuation::SquareAt> given)
    : options(evacuation::checked(wanted)),
      world(branch.world),
      travel(service),
      begin(branch.start),
      seed(branch.seed),
      shelters(*world, branch.state, service, options),
      zones(evacuation::zones_of(branch, options)),
      pools(world->entities(Kind::junction).size()),
      patient_pools(pools.size()),
      has_round(pools.size(), 0),
      motorbike_ways(pools.size(), world->roads(), motorbikes) {
  if (options.plan) evacuation::check(*options.plan, *world);
  add_squares(std::move(given));
  for (const evacuation::Zone& zone : zones) people_at_start += zone.at_start;
  for (std::uint32_t row = 0; row < shelters.size(); ++row) {
    people_at_start += shelters.occupants(row);
  }
}

EvacuationEngine::EvacuationEngine(const Branch& branch, TravelService& travel,
                                   EvacuationOptions options,
                                   std::vector<evacuation::SquareAt> squares)
    : impl_(std::make_unique<Impl>(branch, travel, std::move(options), std::move(squares))) {}
EvacuationEngine::~EvacuationEngine() = default;

void EvacuationEngine::apply(const Edit& edit, StateTable& /*state*/, Instant at) {
  const auto* order = std::get_if<OrderEvacuation>(&edit);
  if (order == nullptr) return;
  Impl& impl = *impl_;
  const double at_s = impl.seconds(at);
  const std::size_t residences = impl.world->entities(Kind::residence).size();
  for (const std::uint32_t residence : order->residences) {
    if (residence >= residences) {
      throw ScenarioError("evacuation: there is no residence " + std::to_string(residence));
    }
    impl.order(residence, at_s);
  }
  for (const EntityRef place : order->places) {
    if (place.row >= impl.world->entities(place.kind).size()) {
      throw ScenarioError("evacuation: there is no " + std::string(names_of(place.kind).id) + " " +
                          std::to_string(place.row));
    }
    const auto zone = std::ranges::find(impl.zones, place, &evacuation::Zone::place);
    // Nobody is there.
    if (zone == impl.zones.end()) continue;
    impl.order(static_cast<std::uint32_t>(zone - impl.zones.begin()), at_s);
  }
}

void EvacuationEngine::advance(StateTable& state, Instant from, Instant to) {
  Impl& impl = *impl_;
  const double from_s = impl.seconds(from);
  const double to_s = impl.seconds(to);
  impl.take_arrivals(from_s);
  if (impl.shelters.take_over(state, from_s, std::exchange(impl.look_again, false))) {
    impl.boat_ways = {};
    const auto debris = state.column(Kind::road, road_column::debris);
    impl.boat_cost_m.resize(debris.size());
    for (std::uint32_t link = 0; link < debris.size(); ++link) {
      impl.boat_cost_m[link] =
          debris[link] == 1
              ? unreachable
              : impl.world->entities(Kind::road).attribute(road_attribute::length_m, link);
    }
  }
  // A branch may start with homes that were ordered to leave before.
  const auto ordered = state.column(Kind::residence, residence_column::ordered);
  for (std::uint32_t residence = 0; residence < ordered.size(); ++residence) {
    if (ordered[residence] == 1) impl.order(residence, from_s);
  }
  impl.watch_water(state, from_s);
  impl.note_cuts(state, from_s);
  impl.sail(to_s);
  impl.enter(to_s);
  impl.send_carriers(from_s);
  impl.walk_squares(state, from_s, to_s);
  impl.call_waves(from_s, to_s);
  impl.leave(from_s, to_s);
  impl.shelters.supply(from_s, to_s);
  impl.note_hazards(state, to_s);
  impl.write_columns(state);
  impl.now_s = to_s;
}

void EvacuationEngine::Impl::write_columns(StateTable& state) const {
  for (const evacuation::Zone& zone : zones) {
    const auto at = [&](std::size_t column) -> double& { return state.at(zone.place, column); };
    const auto home = static_cast<double>(zone.home);
    switch (zone.place.kind) {
      case Kind::residence:
        at(residence_column::people_home) = home;
        at(residence_column::people_moving) = static_cast<double>(zone.moving);
        at(residence_column::people_safe) = static_cast<double>(zone.safe);
        break;
      case Kind::lodging:
        at(lodging_column::guests) = home;
        break;
      case Kind::tourist_site:
        at(tourist_site_column::visitors) = home;
        break;
      default:
        // Patients that are only assumed are not shown before it matters.
        if (zone.told_by_order) at(hospital_column::patients) = home;
        break;
    }
  }
  const auto occupants = state.column(Kind::shelter, shelter_column::occupants);
  for (std::uint32_t row = 0; row < shelters.shelters(); ++row) {
    occupants[row] = static_cast<double>(shelters.occupants(row));
  }
}

const std::vector<StrandedPeople>& EvacuationEngine::stranded() const { return impl_->stranded; }

std::uint64_t EvacuationEngine::people_without_way() const {
  using enum Impl::Stage;
  std::uint64_t people = 0;
  for (const Impl::Party& party : impl_->parties) {
    const bool waits = party.stage == home || party.stage == outside || party.stage == pooled;
    if (waits && party.found_no_way) people += party.people;
  }
  return people;
}

std::vector<EvacuationEngine::Journey> EvacuationEngine::journeys() const {
  std::vector<Journey> all;
  for (const Impl::Party& party : impl_->parties) {
    all.push_back({party.zone, party.people, party.refuge, party.mode, party.ordered,
                   party.stage == Impl::Stage::safe, party.told_s, party.heard_s, party.left_s,
                   party.safe_s});
  }
  return all;
}

std::vector<EvacuationEngine::Whereabouts> EvacuationEngine::people() const {
  std::vector<Whereabouts> all;
  all.reserve(impl_->people.size());
  for (const evacuation::Person& person : impl_->people) {
    const Impl::Party& party = impl_->parties[person.party];
    const EvacueeFate fate = impl_->fate_of(party);
    all.push_back({impl_->zones[person.zone].place, person.household, person.age, person.need, fate,
                   fate == EvacueeFate::safe ? impl_->shelters.place(party.refuge) : EntityRef{}});
  }
  return all;
}

}  // namespace kontwin
