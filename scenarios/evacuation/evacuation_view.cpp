// What the evacuation engine shows: balances, movers, the record of everyone.
#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/evacuation_state.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

std::vector<Balance> EvacuationEngine::balances() const {
  const Impl& impl = *impl_;
  Balance balance;
  balance.quantity = "people";
  balance.unit = "person";
  balance.initial = static_cast<double>(impl.people_at_start);
  std::uint64_t inside = 0;
  for (const evacuation::Zone& zone : impl.zones) inside += zone.home;
  for (const Impl::Party& party : impl.parties) {
    if (party.stage == Impl::Stage::stranded) balance.lost += party.people;
    const bool moves =
        !party.at_home && party.stage != Impl::Stage::safe && party.stage != Impl::Stage::stranded;
    if (moves) inside += party.people;
  }
  for (std::uint32_t row = 0; row < impl.shelters.size(); ++row) {
    inside += impl.shelters.occupants(row);
  }
  balance.inside = static_cast<double>(inside);
  std::vector<Balance> all{balance};
  if (impl.squares.empty()) return all;
  // What squares hold they count themselves.
  Balance squares{.quantity = "people on squares", .unit = "person"};
  for (const Impl::CrowdedSquare& square : impl.squares) {
    squares.entered += static_cast<double>(square.people.size());
    squares.left += static_cast<double>(square.out);
    squares.lost += static_cast<double>(square.lost);
    squares.inside += static_cast<double>(square.square->inside());
  }
  all.push_back(squares);
  return all;
}

void EvacuationEngine::show(Frame& frame) const {
  const Impl& impl = *impl_;
  const RoadNetwork& roads = impl.world->roads();
  const std::vector<LocalPoint>& places = impl.world->entities(Kind::junction).place;
  const auto add = [&frame](LocalPoint place, Mover::Kind kind) {
    frame.movers.push_back({static_cast<float>(place.x_m), static_cast<float>(place.y_m), kind, 1});
  };
  for (const Impl::Party& party : impl.parties) {
    if (party.stage == Impl::Stage::walking) {
      Impl::Party walker = party;
      const EntityRef link = impl.whereabouts(walker, impl.now_s);
      LocalPoint place = places[party.leg_links < party.walk.links.size()
                                    ? impl.shelters.graph().from(party.walk.links[party.leg_links])
                                    : impl.shelters.junction(party.refuge)];
      if (link.row != no_row) {
        const double share = std::clamp(
            (impl.now_s - party.walk_from_s) / std::max(1.0, party.due_s - party.walk_from_s), 0.0,
            1.0);
        const double link_m =
            impl.world->entities(Kind::road).attribute(road_attribute::length_m, link.row);
        const auto shape = roads.shape_of(link.row);
        place =
            point_along(shape, (share * party.leg_m - walker.walked_m) / link_m * length_m(shape));
      }
      add(place, Mover::Kind::pedestrian);
    } else if (party.stage == Impl::Stage::entering || party.stage == Impl::Stage::outside ||
               party.stage == Impl::Stage::crossing ||
               (party.stage == Impl::Stage::pooled && !party.at_home)) {
      if (party.junction != no_row) add(places[party.junction], Mover::Kind::pedestrian);
    }
  }
  for (const Impl::Carrier& boat : impl.carriers) {
    if (boat.kind != Mover::Kind::boat || boat.at == no_row) continue;
    LocalPoint place = places[boat.at];
    if (boat.stage != Impl::Carrier::Stage::idle) {
      const double share = std::clamp(
          (impl.now_s - boat.from_s) / std::max(1.0, boat.due_s - boat.from_s), 0.0, 1.0);
      const LocalPoint to = places[boat.to];
      place = {boat.from_x_m + share * (to.x_m - boat.from_x_m),
               boat.from_y_m + share * (to.y_m - boat.from_y_m)};
    }
    add(place, Mover::Kind::boat);
  }
}

EvacueeFate EvacuationEngine::Impl::fate_of(const Party& party) const {
  using enum EvacueeFate;
  switch (party.stage) {
    case Stage::unwarned:
      return unwarned;
    case Stage::stays:
      return stayed;
    case Stage::safe:
      return safe;
    case Stage::stranded:
      return EvacueeFate::stranded;
    case Stage::on_square:
      return party.due_s > now_s ? preparing : on_the_way;
    case Stage::home:
    case Stage::pooled:
    case Stage::outside:
      if (waits_stranded(party)) return EvacueeFate::stranded;
      if (party.found_no_way) return party.no_room ? no_room : EvacueeFate::no_way;
      if (party.stage == Stage::pooled) return EvacueeFate::waiting;
      // Whom a moving warning has not reached yet is listed as such.
      if (party.stage == Stage::home) return party.heard_s > now_s ? unwarned : preparing;
      return on_the_way;
    case Stage::riding:
    case Stage::walking:
    case Stage::crossing:
    case Stage::aboard:
    case Stage::entering:
      break;
  }
  return on_the_way;
}

EvacuationRecord EvacuationEngine::Impl::record() const {
  EvacuationRecord all;
  all.parties.reserve(parties.size());
  for (const Party& party : parties) {
    EvacuationParty one;
    one.home = zones[party.zone].place;
    one.people = party.people;
    one.needing_help = party.helped;
    for (std::uint32_t i = 0; i < party.people; ++i) {
      one.need = std::max(one.need, people[party.first_person + i].need);
    }
    one.mode = party.mode;
    one.fate = fate_of(party);
    one.ordered = party.ordered;
    one.told = moment(party.told_s);
    if (!std::isinf(party.heard_s) && party.heard_s <= now_s) one.warned = moment(party.heard_s);
    one.left = moment(party.left_s);
    one.safe_at = moment(party.safe_s);
    if (one.fate == EvacueeFate::safe) one.refuge = shelters.place(party.refuge);
    one.junction = party.junction;
    one.hazard_class = party.hazard;
    one.hazard_at = party.hazard_at;
    one.hazard_from = moment(party.hazard_from_s);
    if (party.stranding != no_row) {
      one.stranded_at = stranded[party.stranding].at;
      one.stranded_at_junction = stranded[party.stranding].junction;
      one.fetched_at = stranded[party.stranding].fetched;
    }
    all.parties.push_back(one);
  }
  for (const evacuation::Zone& zone : zones) {
    if (zone.parties.empty()) continue;
    EvacuatedZone one;
    one.place = zone.place;
    one.people = static_cast<std::uint32_t>(zone.at_start);
    if (zone.told_by_order) one.ordered = moment(zone.ordered_s);
    one.cut = moment(zone.cut_s);
    all.zones.push_back(one);
  }
  if (!parties.empty()) all.refuges = shelters.uses(begin);
  std::erase_if(all.refuges, [](const RefugeUse& one) {
    return one.place.kind == Kind::hospital && one.taken_in == 0;
  });
  for (const CrowdedSquare& square : squares) {
    for (std::size_t i = 0; i < square.passages.size(); ++i) {
      all.passages.push_back(square.passages[i]);
      all.passages.back().party = people[square.people[i]].party;
    }
  }
  if (options.plan) {
    all.lower_bound_s = all_drive ? options.plan->lower_bound_s : options.plan->bound_on_foot_s;
  }
  return all;
}

void EvacuationEngine::summarise(RunSummary& summary) const {
  summary.evacuation = impl_->record();
}

}  // namespace kontwin
