// Whom the water reaches, and which places it cuts off.
#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/evacuation_state.hpp"
#include "scenarios/flood/stability.hpp"

namespace kontwin {

namespace {

/// Motorbikes, which most people leave on, stay out of deeper water (scenarios/traffic).
constexpr double motorbike_wades_m = 0.2;
/// Water of class H3 is unsafe for children and the old: Smith, Davey and Cox 2014.
constexpr std::uint8_t unsafe_class = 3;

}  // namespace

bool EvacuationEngine::Impl::in_danger(const Party& party) const {
  return (party.at_home || waits_stranded(party)) && party.hazard >= unsafe_class;
}

double EvacuationEngine::Impl::hurried_share(Kind kind) const {
  const double packing_min =
      kind == Kind::residence ? options.departure_median_min : options.visitor_departure_median_min;
  return packing_min > options.exposed_departure_median_min
             ? options.exposed_departure_median_min / packing_min
             : 1;
}

void EvacuationEngine::Impl::hurry(std::uint32_t number, double at_s) {
  Party& party = parties[number];
  // Patients leave as their wards ready them; who was ready before looks for a way anew as always.
  if (zones[party.zone].place.kind == Kind::hospital || party.found_no_way) return;
  const double missing_s = std::max(0.0, party.heard_s + party.delay_s - at_s);
  party.due_s = at_s + missing_s * hurried_share(zones[party.zone].place.kind);
  party.delay_s = std::min(party.delay_s, party.due_s - party.heard_s);
  departures.add(party.due_s, number);
}

void EvacuationEngine::Impl::watch_water(const StateTable& state, double at_s) {
  for (std::uint32_t number = 0; number < zones.size(); ++number) {
    evacuation::Zone& zone = zones[number];
    const bool done = zone.told_by_order ? zone.warned_by_water : zone.told_by_water;
    if (zone.at_start == 0 || done) continue;
    const bool deep = state.at(zone.place, common_column::water_depth_m) > options.exposed_depth_m;
    const bool unsafe = state.at(zone.place, common_column::hazard_class) >= unsafe_class;
    if (!deep && !unsafe) continue;
    if (zone.told_by_order) {
      // Whom no channel told, or not yet, the water does, whoever left it before the order.
      zone.warned_by_water = true;
      for (const std::uint32_t one : zone.parties) {
        Party& party = parties[one];
        if (party.stage == Stage::unwarned) {
          party.stage = party.willing ? Stage::home : Stage::stays;
        }
        if (party.stage != Stage::home && party.stage != Stage::stays) continue;
        party.heard_s = std::min(party.heard_s, at_s);
        if (party.stage == Stage::home) hurry(one, at_s);
      }
    } else if (zone.place.kind != Kind::hospital && square_of[number] == no_row) {
      zone.told_by_water = true;
      tell(number, at_s, options.spontaneous_share, false);
    }
  }
}

EntityRef EvacuationEngine::Impl::whereabouts(Party& party, double at_s) const {
  switch (party.stage) {
    case Stage::unwarned:
    case Stage::stays:
    case Stage::on_square:
    case Stage::home:
      return zones[party.zone].place;
    case Stage::pooled:
      return party.at_home ? zones[party.zone].place : EntityRef{Kind::junction, party.junction};
    case Stage::outside:
    case Stage::entering:
    case Stage::stranded:
      return {Kind::junction, party.junction};
    case Stage::crossing:
      return squares[party.square].place;
    case Stage::walking: {
      // How far they are; links lie behind them one after the other.
      const double share = std::clamp(
          (at_s - party.walk_from_s) / std::max(1.0, party.due_s - party.walk_from_s), 0.0, 1.0);
      const double gone_m = share * party.leg_m;
      const EntityTable& roads = world->entities(Kind::road);
      while (party.walked_links < party.leg_links) {
        const std::uint32_t link = party.walk.links[party.walked_links];
        const double link_m = roads.attribute(road_attribute::length_m, link);
        if (party.walked_m + link_m > gone_m) return {Kind::road, link};
        party.walked_m += link_m;
        ++party.walked_links;
      }
      return {};
    }
    case Stage::riding:
    case Stage::aboard:
    case Stage::safe:
      break;
  }
  // Those in vehicles are where the traffic engine has them.
  return {};
}

void EvacuationEngine::Impl::note_hazards(const StateTable& state, double at_s) {
  const auto note = [&](Party& party, EntityRef place) {
    const double known = state.at(place, common_column::hazard_class);
    const auto hazard = known > 0 ? static_cast<std::uint8_t>(known) : std::uint8_t{0};
    if (hazard <= party.hazard) return;
    party.hazard = hazard;
    party.hazard_at = place;
    party.hazard_from_s = at_s;
  };
  for (Party& party : parties) {
    if (party.stage == Stage::safe || party.stage == Stage::riding) continue;
    const EntityRef place = whereabouts(party, at_s);
    if (place.row != no_row) note(party, place);
  }
  if (parties.empty()) return;
  // Water of the first class is safe for vehicles.
  const auto hazards = state.column(Kind::road, common_column::hazard_class);
  std::vector<std::uint32_t> wet;
  for (std::uint32_t road = 0; road < hazards.size(); ++road) {
    if (hazards[road] >= 2) wet.push_back(road);
  }
  travel.for_each_on(wet, [&](std::uint64_t traveller, std::uint32_t road) {
    const EntityRef place{Kind::road, road};
    if (traveller < first_carrier) {
      note(parties[traveller], place);
      return;
    }
    for (const std::uint32_t one : carriers[traveller - first_carrier].aboard) {
      note(parties[one], place);
    }
  });
}

void EvacuationEngine::Impl::note_cuts(const StateTable& state, double at_s) {
  if (!(first_order_s >= 0)) return;
  const auto open = state.column(Kind::road, road_column::open);
  const auto debris = state.column(Kind::road, road_column::debris);
  const auto water = state.column(Kind::road, common_column::water_depth_m);
  const auto impassable = state.column(Kind::road, common_column::impassable_for);
  bool changed = usable.size() != open.size();
  usable.resize(open.size());
  for (std::size_t link = 0; link < usable.size(); ++link) {
    const bool sweeps =
        impassable[link] > 0 &&
        flood::stops(static_cast<unsigned>(impassable[link]), flood::Traveller::motorbike);
    const bool passes =
        open[link] != 0 && debris[link] != 1 && !(water[link] > motorbike_wades_m) && !sweeps;
    changed = changed || (usable[link] != 0) != passes;
    usable[link] = passes ? 1 : 0;
  }
  std::vector<std::uint32_t> targets;
  shelters_open.resize(shelters.shelters());
  for (std::uint32_t shelter = 0; shelter < shelters.shelters(); ++shelter) {
    const bool is_open = shelters.is_open(shelter) && shelters.junction(shelter) != no_row;
    changed = changed || (shelters_open[shelter] != 0) != is_open;
    shelters_open[shelter] = is_open ? 1 : 0;
    if (is_open) targets.push_back(shelters.junction(shelter));
  }
  if (!changed) return;
  const std::vector<std::uint8_t> has_way = motorbike_ways.reaching(targets, usable);
  for (evacuation::Zone& zone : zones) {
    if (!zone.told_by_order || zone.junction == no_row) continue;
    const bool is_cut = has_way[zone.junction] == 0;
    if (!is_cut) {
      zone.cut_s = -1;
    } else if (zone.cut_s < 0) {
      zone.cut_s = at_s;
    }
  }
}

}  // namespace kontwin
