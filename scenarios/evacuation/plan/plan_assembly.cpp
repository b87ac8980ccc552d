#include "scenarios/evacuation/plan/plan_assembly.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace kontwin::evacuation {

using Reason = PlannedEvacuation::Reason;

PlanAssembly::PlanAssembly(const PlanInputs& inputs, const RoadPlanNetwork& roads,
                           const PlanTimes& times, const PlanOptions& options)
    : inputs_(inputs),
      roads_(roads),
      times_(times),
      options_(options),
      driving_(inputs.zones.size(), 0),
      last_s_(inputs.zones.size(), 0),
      sent_(inputs.shelters.size(), 0),
      sent_last_s_(inputs.shelters.size(), 0),
      binds_(inputs.shelters.size(), 0) {
  for (const ZonePeople& zone : inputs.zones) made_.people += zone.driving + zone.on_foot;
}

void PlanAssembly::send(std::uint32_t zone, std::uint32_t shelter, std::uint32_t people,
                        double depart_s, double done_s, std::vector<std::uint32_t> route) {
  made_.plan.assignments.push_back({inputs_.zones[zone].residence,
                                    inputs_.shelters[shelter].shelter, people, depart_s,
                                    std::move(route)});
  sent_[shelter] += people;
  sent_last_s_[shelter] = std::max(sent_last_s_[shelter], done_s);
  made_.clearance_s = std::max(made_.clearance_s, done_s);
}

void PlanAssembly::add_routes(const RoutedPlan& routed) {
  // Those who leave in the same wave by the same way are told the same.
  struct Told {
    std::uint32_t people = 0;
    double depart_s = never_s, done_s = 0;
  };
  using Key = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::vector<std::uint32_t>>;
  std::map<Key, Told> told;
  for (const RoutedGroup& group : routed.routing.routes.groups) {
    const std::uint32_t zone = routed.routing.zone[group.demand];
    const double depart_s = group.depart_s();
    const auto wave = static_cast<std::uint32_t>(depart_s / (options_.wave_min * 60));
    Told& one = told[{zone, wave, group.goal, group.arcs}];
    one.people += group.people;
    one.depart_s = std::min(one.depart_s, depart_s);
    one.done_s = std::max(one.done_s, group.done_s);
    driving_[zone] += group.people;
    last_s_[zone] = std::max(last_s_[zone], depart_s);
    made_.arrivals.emplace_back(group.done_s, group.people);
  }
  for (const auto& [key, one] : told) {
    const auto& [zone, wave, goal, arcs] = key;
    std::vector<std::uint32_t> route;
    for (const std::uint32_t arc : arcs) {
      const auto roads = roads_.roads_of(arc);
      route.insert(route.end(), roads.begin(), roads.end());
    }
    send(zone, goal, one.people, one.depart_s, one.done_s, std::move(route));
    made_.by_vehicle += one.people;
  }
  made_.road_clearance_s = routed.routing.routes.done_s;
  made_.choice = routed.routing.choice;
  made_.plan.lower_bound_s = routed.bound.seconds;
  for (const std::uint32_t arc : routed.turned) {
    const auto roads = roads_.roads_of(arc);
    made_.plan.contraflow.insert(made_.plan.contraflow.end(), roads.begin(), roads.end());
  }
  std::ranges::sort(made_.plan.contraflow);
  for (std::uint32_t arc = 0; arc < roads_.timed.arcs(); ++arc) {
    const double share = routed.bound.full_share[arc];
    if (share == 0) continue;
    made_.bottlenecks.push_back({roads_.narrowest[arc], roads_.any_capacity_ps[arc] * 36, share});
  }
  std::ranges::stable_sort(made_.bottlenecks, [](const auto& a, const auto& b) {
    return a.full_share != b.full_share ? a.full_share > b.full_share
                                        : a.capacity_vph > b.capacity_vph;
  });
  binds_ = routed.bound.full_rooms;
}

void PlanAssembly::add_those_without_vehicle(const ShelterAllocation& allocation) {
  const auto zones = static_cast<std::uint32_t>(inputs_.zones.size());
  for (const Allotment& one : allocation.allotments) {
    if (one.group < zones) continue;
    const std::uint32_t zone = one.group - zones;
    const double walk_s = times_.walk_s[zone][one.shelter];
    if (walk_s < never_s) {
      send(zone, one.shelter, one.people, 0, walk_s, {});
      made_.on_foot += one.people;
      made_.arrivals.emplace_back(walk_s, one.people);
    } else {
      waits_for_bus_.push_back(
          {zone, one.shelter, {one.people, times_.drive_s[zone][one.shelter]}});
    }
  }
  send_buses();
}

void PlanAssembly::send_buses() {
  std::vector<BusDemand> demands;
  for (const Waits& one : waits_for_bus_) demands.push_back(one.demand);
  const BusFleet fleet{static_cast<std::uint32_t>(options_.buses),
                       static_cast<std::uint32_t>(options_.households.bus_places),
                       options_.boarding_min * 60};
  std::vector<double> first_s(demands.size(), never_s), done_s(demands.size(), 0);
  std::vector<std::uint32_t> left;
  for (const BusDemand& one : demands) left.push_back(one.people);
  for (const BusShift& shift : plan_bus_rounds(demands, fleet)) {
    const Waits& one = waits_for_bus_[shift.demand];
    made_.plan.rounds.push_back({Mover::Kind::bus, shift.buses, fleet.places,
                                 inputs_.zones[one.zone].residence,
                                 inputs_.shelters[one.shelter].shelter, shift.starts_s});
    first_s[shift.demand] = std::min(first_s[shift.demand], shift.starts_s);
    done_s[shift.demand] = std::max(done_s[shift.demand], shift.done_s);
    const double there_s = one.demand.way_s + 2 * fleet.boarding_s;
    for (std::uint32_t round = 0; round < shift.rounds; ++round) {
      const std::uint32_t people = std::min(left[shift.demand], shift.buses * fleet.places);
      left[shift.demand] -= people;
      const double in_s = shift.starts_s + round * (there_s + one.demand.way_s) + there_s;
      if (people > 0) made_.arrivals.emplace_back(in_s, people);
    }
  }
  for (std::size_t i = 0; i < demands.size(); ++i) {
    const Waits& one = waits_for_bus_[i];
    send(one.zone, one.shelter, one.demand.people, first_s[i], done_s[i], {});
    made_.by_bus += one.demand.people;
  }
}

void PlanAssembly::leave(std::uint32_t zone, std::uint32_t people, Reason reason) {
  if (people == 0) return;
  made_.left.push_back({inputs_.zones[zone].residence, people, reason});
}

void PlanAssembly::add_left_behind(const ShelterAllocation& allocation) {
  const auto zones = static_cast<std::uint32_t>(inputs_.zones.size());
  const auto room_within_reach = [&](std::span<const double> times_s) {
    for (std::size_t shelter = 0; shelter < sent_.size(); ++shelter) {
      if (times_s[shelter] < never_s && sent_[shelter] < inputs_.shelters[shelter].room) {
        return true;
      }
    }
    return false;
  };
  const auto reaches_any = [](std::span<const double> times_s) {
    return std::ranges::any_of(times_s, [](double time_s) { return time_s < never_s; });
  };
  for (std::uint32_t zone = 0; zone < zones; ++zone) {
    const auto& drive_s = times_.drive_s[zone];
    leave(zone, inputs_.zones[zone].driving - driving_[zone],
          !reaches_any(drive_s)        ? Reason::no_way
          : room_within_reach(drive_s) ? Reason::no_time
                                       : Reason::no_room);
    const std::uint32_t waiting = allocation.left.empty() ? 0 : allocation.left[zones + zone];
    const auto& walk_s = times_.walk_s[zone];
    leave(zone, waiting,
          !reaches_any(walk_s) && !reaches_any(drive_s) ? Reason::no_way
          : !room_within_reach(walk_s) && options_.buses == 0 && room_within_reach(drive_s)
              ? Reason::no_bus
              : Reason::no_room);
  }
}

void PlanAssembly::add_last_departures() {
  if (options_.closes_s.empty()) return;
  std::vector<std::uint32_t> goals;
  for (const OpenShelter& shelter : inputs_.shelters) {
    const std::uint32_t node =
        shelter.junction == no_row ? no_row : roads_.end_of[shelter.junction];
    if (node != no_row) goals.push_back(node);
  }
  const TimedNetwork& timed = roads_.timed;
  const LastDepartures last = last_departures(timed, Incidence(timed, Incidence::Side::in), goals);
  for (std::uint32_t zone = 0; zone < inputs_.zones.size(); ++zone) {
    const std::uint32_t junction = inputs_.zones[zone].junction;
    std::uint32_t node = junction == no_row ? no_row : roads_.node_of[junction];
    if (node == no_row || std::isinf(last.at_s[node])) continue;
    PlannedEvacuation::LastDeparture one{inputs_.zones[zone].residence, last.at_s[node],
                                         last_s_[zone], no_row};
    // Down the way to the arc whose closing it is.
    for (std::uint32_t arc = last.arc[node]; arc != no_row; arc = last.arc[node]) {
      node = timed.to[arc];
      if (timed.last_entry_s[arc] > last.at_s[node] - timed.travel_s[arc]) continue;
      const auto roads = roads_.roads_of(arc);
      one.road = *std::ranges::min_element(
          roads, {}, [&](std::uint32_t road) { return options_.closes_s[road]; });
      break;
    }
    made_.last_departures.push_back(one);
  }
  std::ranges::stable_sort(made_.last_departures, [](const auto& a, const auto& b) {
    return a.margin_s() < b.margin_s();
  });
}

PlannedEvacuation PlanAssembly::finish() {
  for (std::size_t shelter = 0; shelter < sent_.size(); ++shelter) {
    if (sent_[shelter] == 0) continue;
    made_.shelters.push_back({inputs_.shelters[shelter].shelter, sent_[shelter],
                              inputs_.shelters[shelter].room, sent_last_s_[shelter],
                              binds_[shelter] != 0});
  }
  std::ranges::sort(made_.shelters, {}, &PlannedEvacuation::ShelterLoad::shelter);
  std::ranges::stable_sort(made_.plan.assignments, [](const auto& a, const auto& b) {
    return std::tie(a.depart_from_s, a.residence, a.shelter) <
           std::tie(b.depart_from_s, b.residence, b.shelter);
  });
  std::map<std::uint32_t, std::uint32_t> waves;
  for (const auto& one : made_.plan.assignments) {
    waves[static_cast<std::uint32_t>(one.depart_from_s / (options_.wave_min * 60))] += one.people;
  }
  for (const auto& [wave, people] : waves) {
    made_.waves.emplace_back(wave * options_.wave_min * 60, people);
  }
  std::ranges::sort(made_.arrivals);
  std::uint32_t sum = 0;
  for (auto& [at_s, people] : made_.arrivals) people = sum += people;
  return std::move(made_);
}

}  // namespace kontwin::evacuation
