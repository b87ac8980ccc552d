#include "scenarios/evacuation/plan/plan_assembly.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace kontwin::evacuation {

using Reason = PlannedEvacuation::Reason;

namespace {

/// Half of what the engine takes to land, fill a boat of ten and cast off.
constexpr double boat_boarding_s = 85;

/// So many times as many people may be on the roads as ever are by the plan: a queue that stands in
/// reserve before what holds them up, for those who take longer than planned.
constexpr double reserve_factor = 1.5;

/// The most people that are on the roads at once.
std::uint32_t most_under_way(std::span<const RoutedGroup> groups) {
  std::vector<std::pair<double, std::int64_t>> changes;
  for (const RoutedGroup& group : groups) {
    changes.emplace_back(group.depart_s(), group.people);
    changes.emplace_back(group.done_s, -std::int64_t{group.people});
  }
  std::ranges::sort(changes);
  std::int64_t under_way = 0;
  std::int64_t most = 0;
  for (const auto& [at_s, people] : changes) most = std::max(most, under_way += people);
  return static_cast<std::uint32_t>(most);
}

}  // namespace

PlanAssembly::PlanAssembly(const PlanInputs& inputs, const RoadPlanNetwork& roads,
                           const PlanTimes& times, const PlanOptions& options)
    : inputs_(inputs),
      roads_(roads),
      times_(times),
      options_(options),
      last_s_to_(inputs.shelters.size()),
      driving_(inputs.zones.size(), 0),
      last_s_(inputs.zones.size(), 0),
      sent_(inputs.shelters.size(), 0),
      sent_last_s_(inputs.shelters.size(), 0),
      binds_(inputs.shelters.size(), 0) {
  for (const ZonePeople& zone : inputs.zones) {
    made_.people += zone.driving + zone.on_foot + zone.fetched;
    made_.staying += zone.staying;
  }
}

void PlanAssembly::send(std::uint32_t zone, std::uint32_t shelter, std::uint32_t people,
                        double depart_s, double done_s, std::vector<std::uint32_t> route) {
  made_.plan.assignments.push_back({inputs_.zones[zone].home, inputs_.shelters[shelter].shelter,
                                    people, depart_s, std::move(route)});
  sent_[shelter] += people;
  sent_last_s_[shelter] = std::max(sent_last_s_[shelter], done_s);
  made_.clearance_s = std::max(made_.clearance_s, done_s);
}

double PlanAssembly::depart_until_s(std::uint32_t zone, std::uint32_t shelter, double depart_s) {
  const std::uint32_t from = roads_.start_at(inputs_.zones[zone].junction);
  const std::uint32_t goal = roads_.end_at(inputs_.shelters[shelter].junction);
  if (options_.closes_s.empty() || from == no_row || goal == no_row) return never_s;
  std::vector<double>& last_s = last_s_to_[shelter];
  if (last_s.empty()) {
    const Incidence in(roads_.timed, Incidence::Side::in);
    last_s = last_departures(roads_.timed, in, std::span(&goal, 1)).at_s;
  }
  return std::max(depart_s, last_s[from] - options_.safety_min * 60);
}

void PlanAssembly::add_routes(const RoutedPlan& routed) {
  made_.prepared_s = std::max(0.0, inputs_.spare_s - options_.safety_min * 60);
  made_.road_clearance_s = routed.routing.routes.done_s;
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
    double way_s = 0;
    std::vector<std::uint32_t> route;
    for (const std::uint32_t arc : arcs) {
      const auto roads = roads_.roads_of(arc);
      route.insert(route.end(), roads.begin(), roads.end());
      way_s += roads_.timed.travel_s[arc];
    }
    // Who would drive so anyway is not told to: told, nobody goes round a queue. Nor is anyone told
    // ways and waves where the roads have room for all, as not all are ready at once.
    const bool has_room = made_.preparing_takes_longer();
    const double from_s = has_room ? inputs_.zones[zone].ready_s : one.depart_s;
    if (has_room || way_s <= times_.drive_s[zone][goal] + 1) route.clear();
    send(zone, goal, one.people, from_s, one.done_s, std::move(route));
    made_.plan.assignments.back().depart_until_s = depart_until_s(zone, goal, one.depart_s);
    made_.by_vehicle += one.people;
  }
  if (!made_.preparing_takes_longer()) {
    made_.plan.under_way = static_cast<std::uint32_t>(
        std::ceil(reserve_factor * most_under_way(routed.routing.routes.groups)));
  }
  made_.choice = routed.routing.choice;
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

void PlanAssembly::add_bound(const LeastTime& least) {
  made_.plan.lower_bound_s = least.seconds;
  made_.plan.bound_on_foot_s = least.on_foot_seconds;
  made_.plan.bound_without = least.without;
}

void PlanAssembly::add_those_without_vehicle(const ShelterAllocation& allocation) {
  const auto zones = static_cast<std::uint32_t>(inputs_.zones.size());
  std::vector<Waits> waiting;
  for (const Allotment& one : allocation.allotments) {
    if (one.group < zones) continue;
    const std::uint32_t zone = one.group % zones;
    const double ready_s = inputs_.zones[zone].ready_s;
    const double walk_s = one.group < 2 * zones ? times_.walk_s[zone][one.shelter] : never_s;
    if (walk_s < never_s) {
      send(zone, one.shelter, one.people, ready_s, ready_s + walk_s, {});
      made_.on_foot += one.people;
      made_.arrivals.emplace_back(ready_s + walk_s, one.people);
    } else {
      waiting.push_back({.zone = zone,
                         .shelter = one.shelter,
                         .demand = {one.people, times_.drive_s[zone][one.shelter], ready_s}});
      made_.by_bus += one.people;
    }
  }
  const BusFleet fleet{static_cast<std::uint32_t>(options_.buses),
                       static_cast<std::uint32_t>(options_.households.bus_places),
                       options_.boarding_min * 60};
  if (!waiting.empty()) made_.plan.buses = fleet.buses;
  send_fleet(Mover::Kind::bus, fleet, waiting);
}

void PlanAssembly::send_fleet(Mover::Kind kind, const BusFleet& fleet,
                              std::span<const Waits> waiting) {
  std::vector<BusDemand> demands;
  for (const Waits& one : waiting) demands.push_back(one.demand);
  std::vector<double> done_s(demands.size(), 0);
  std::vector<std::uint32_t> left;
  left.reserve(demands.size());
  for (const BusDemand& one : demands) left.push_back(one.people);
  for (const BusShift& shift : plan_bus_rounds(demands, fleet)) {
    const Waits& one = waiting[shift.demand];
    made_.plan.rounds.push_back({kind, shift.buses, fleet.places, inputs_.zones[one.zone].home,
                                 inputs_.shelters[one.shelter].shelter, shift.starts_s,
                                 shift.rounds});
    done_s[shift.demand] = std::max(done_s[shift.demand], shift.done_s + one.onward_s);
    const double round_s = 2 * one.demand.way_s + 2 * fleet.boarding_s;
    for (std::uint32_t round = 1; round <= shift.rounds; ++round) {
      const std::uint32_t people = std::min(left[shift.demand], shift.buses * fleet.places);
      left[shift.demand] -= people;
      if (people == 0) continue;
      made_.arrivals.emplace_back(shift.starts_s + round * round_s + one.onward_s, people);
    }
  }
  for (std::size_t i = 0; i < demands.size(); ++i) {
    const Waits& one = waiting[i];
    // They wait for it where they are, ready from the order on.
    send(one.zone, one.shelter, one.demand.people, inputs_.zones[one.zone].ready_s, done_s[i], {});
  }
}

void PlanAssembly::add_boats(const ShelterAllocation& allocation, const Landings& landings) {
  const auto zones = static_cast<std::uint32_t>(inputs_.zones.size());
  without_way_.assign(zones, 0);
  waiting_.assign(zones, 0);
  for (std::uint32_t zone = 0; zone < zones; ++zone) {
    without_way_[zone] = inputs_.zones[zone].driving - driving_[zone];
    if (allocation.left.empty()) continue;
    waiting_[zone] = allocation.left[zones + zone] + allocation.left[2 * zones + zone];
  }
  const BusFleet fleet{static_cast<std::uint32_t>(options_.boats),
                       static_cast<std::uint32_t>(options_.households.boat_places),
                       boat_boarding_s};
  const double launched_s = options_.households.boat_ready_min * 60;
  std::vector<Waits> waiting;
  for (std::uint32_t zone = 0; zone < zones; ++zone) {
    if (!(landings.boat_s[zone] < never_s)) continue;
    const auto onward_s = [&](std::size_t shelter) {
      const double walk_s = landings.onward.walk_s[zone][shelter];
      return walk_s < never_s ? walk_s : landings.onward.drive_s[zone][shelter];
    };
    for (std::uint32_t* const people : {&without_way_[zone], &waiting_[zone]}) {
      while (*people > 0) {
        std::uint32_t nearest = no_row;
        for (std::uint32_t shelter = 0; shelter < sent_.size(); ++shelter) {
          if (sent_[shelter] >= inputs_.shelters[shelter].room) continue;
          if (!(onward_s(shelter) < never_s)) continue;
          if (nearest == no_row || onward_s(shelter) < onward_s(nearest)) nearest = shelter;
        }
        if (nearest == no_row) break;
        const std::uint32_t some =
            std::min(*people, inputs_.shelters[nearest].room - sent_[nearest]);
        waiting.push_back({.zone = zone,
                           .shelter = nearest,
                           .demand = {some, landings.boat_s[zone],
                                      std::max(inputs_.zones[zone].ready_s, launched_s)},
                           .onward_s = onward_s(nearest)});
        sent_[nearest] += some;
        made_.by_boat += some;
        *people -= some;
      }
    }
  }
  // Counted when they are sent.
  for (const Waits& one : waiting) sent_[one.shelter] -= one.demand.people;
  if (!waiting.empty()) made_.plan.boats = fleet.buses;
  send_fleet(Mover::Kind::boat, fleet, waiting);
}

void PlanAssembly::leave(std::uint32_t zone, std::uint32_t people, Reason reason) {
  if (people == 0) return;
  made_.left.push_back({inputs_.zones[zone].home, people, reason});
}

void PlanAssembly::add_left_behind() {
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
    leave(zone, without_way_[zone],
          !reaches_any(drive_s)        ? Reason::no_way
          : room_within_reach(drive_s) ? Reason::no_time
                                       : Reason::no_room);
    const auto& walk_s = times_.walk_s[zone];
    leave(zone, waiting_[zone],
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
    const std::uint32_t node = roads_.end_at(shelter.junction);
    if (node != no_row) goals.push_back(node);
  }
  const TimedNetwork& timed = roads_.timed;
  const LastDepartures last = last_departures(timed, Incidence(timed, Incidence::Side::in), goals);
  for (std::uint32_t zone = 0; zone < inputs_.zones.size(); ++zone) {
    const std::uint32_t junction = inputs_.zones[zone].junction;
    std::uint32_t node = roads_.start_at(junction);
    if (node == no_row || std::isinf(last.at_s[node])) continue;
    PlannedEvacuation::LastDeparture one{inputs_.zones[zone].home, last.at_s[node], last_s_[zone],
                                         no_row};
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
    return std::tie(a.depart_from_s, a.home, a.shelter) <
           std::tie(b.depart_from_s, b.home, b.shelter);
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
