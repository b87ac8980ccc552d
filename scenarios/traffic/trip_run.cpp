#include "scenarios/traffic/trip_run.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "twin/error.hpp"

namespace kontwin::traffic {

TripRun::TripRun(std::shared_ptr<const Network> network, const TripTable& trips,
                 ComputeArena& arena, TripRunOptions options)
    : table_(trips),
      arena_(arena),
      options_(options),
      links_(*network),
      control_(*network, links_),
      simulation_(network, links_, arena, trips.types, options.simulation),
      next_refresh_(options.route_refresh),
      delay_s_(network->links(), 0) {
  if (options_.details) simulation_.queues().count_kinds();
  if (options_.by_turn) simulation_.queues().count_turns();
  simulation_.queues().set_halts(trips.halts);
  // Trips that share a route in the table share it in the guides.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> known;
  routes_.reserve(trips.trips.size());
  for (const TripRow& trip : trips.trips) {
    if (trip.route_length == 0) {
      routes_.emplace_back();
      continue;
    }
    const auto [place, added] = known.try_emplace({trip.route_begin, trip.route_length}, 0);
    if (added) place->second = simulation_.guides().add_route(trips.route_of(trip));
    routes_.emplace_back(place->second);
  }
}

TripRun::TripRun(const TripRun& other)
    : table_(other.table_),
      arena_(other.arena_),
      options_(other.options_),
      links_(other.links_),
      control_(other.control_, links_),
      simulation_(other.simulation_, links_),
      routes_(other.routes_),
      next_trip_(other.next_trip_),
      next_edit_(other.next_edit_),
      next_refresh_(other.next_refresh_),
      journeys_(other.journeys_),
      halts_(other.halts_),
      measures_(other.measures_),
      details_(other.details_),
      turns_(other.turns_),
      changes_en_route_(other.changes_en_route_),
      delay_s_(other.delay_s_),
      vehicle_seconds_(other.vehicle_seconds_) {}

void TripRun::make_edits() {
  for (; next_edit_ < options_.edits.size(); ++next_edit_) {
    const MomentEdit& one = options_.edits[next_edit_];
    if (one.at > simulation_.now()) break;
    if (!control_.apply(one.edit, simulation_)) {
      throw ScenarioError("the edit " + std::string(name_of(one.edit)) +
                          " needs a world around the network");
    }
  }
  control_.settle(simulation_);
}

void TripRun::depart(Micros until) {
  departures_.clear();
  for (; next_trip_ < table_.trips.size(); ++next_trip_) {
    const TripRow& trip = table_.trips[next_trip_];
    if (trip.depart >= until) break;
    Departure departure;
    departure.at = trip.depart;
    departure.number = trip.number;
    departure.tag = next_trip_;
    departure.type = trip.type;
    departure.from_link = trip.from_link;
    departure.to = {Destination::Kind::link, trip.to_link};
    departure.route = routes_[next_trip_];
    departure.halt_begin = trip.halt_begin;
    departure.halt_count = trip.halt_count;
    departure.informed = true;
    departure.alone = true;
    departures_.push_back(departure);
  }
  find_routes();
  simulation_.start(departures_);
}

void TripRun::find_routes() {
  std::vector<std::vector<std::uint32_t>> found(departures_.size());
  arena_.for_each_part(departures_.size(), [&](std::size_t i) {
    const Departure& one = departures_[i];
    if (one.route) return;
    found[i] = simulation_.book().route(one.from_link, one.to, simulation_.types()[one.type].kind,
                                        one.informed);
  });
  for (std::size_t i = 0; i < departures_.size(); ++i) {
    if (!found[i].empty()) departures_[i].route = simulation_.guides().add_route(found[i]);
  }
}

void TripRun::measure(Micros from) {
  const Network& network = simulation_.network();
  LaneQueues& queues = simulation_.queues();
  const auto interval = static_cast<std::size_t>(from / options_.interval);
  while (measures_.size() <= interval) measures_.emplace_back(network.links());
  const double window_s = seconds(simulation_.now() - from);
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    double delay_s = 0;
    std::uint32_t exits = 0;
    LinkMeasure& measure = measures_[interval][link];
    for (std::uint32_t lane = network.lane_begin[link]; lane < network.lane_begin[link + 1];
         ++lane) {
      const LaneQueues::Count& count = queues.counts()[lane];
      exits += count.exits;
      measure.time_s += seconds(count.time_sum);
      delay_s += seconds(count.delay_sum);
    }
    const std::uint32_t on_it = queues.count(link);
    measure.exits += exits;
    measure.delay_s += delay_s;
    measure.most_vehicles = std::max(measure.most_vehicles, on_it);
    measure.vehicle_s += window_s * on_it;
    if (exits > 0) {
      delay_s_[link] = delay_s / exits;
    } else {
      delay_s_[link] = on_it > 0 ? wait_of_the_first_s(link) : 0;
    }
  }
  if (options_.details) measure_details(from, interval);
  if (options_.by_turn) measure_turns(interval);
  halts_.insert(halts_.end(), queues.halted().begin(), queues.halted().end());
  queues.clear_counts();
  for (const Journey& journey : simulation_.journeys()) {
    vehicle_seconds_ += seconds(journey.ended - journey.departed);
    journeys_.push_back(journey);
  }
  simulation_.clear_journeys();
}

double TripRun::wait_of_the_first_s(std::uint32_t link) const {
  const Network& network = simulation_.network();
  const LaneQueues& queues = simulation_.queues();
  Micros longest = 0;
  for (std::uint32_t lane = network.lane_begin[link]; lane < network.lane_begin[link + 1]; ++lane) {
    if (const micro::MicroZone* zone = queues.zone_of(lane)) {
      zone->for_each_on(lane, [&](const micro::VehiclePlace& at) {
        longest = std::max(longest, simulation_.now() - queues.vehicle(at.vehicle).ready);
      });
      continue;
    }
    for (const std::uint32_t first : {queues.lane(lane).wide.head, queues.lane(lane).narrow.head}) {
      if (first == no_row) continue;
      longest = std::max(longest, simulation_.now() - queues.vehicle(first).ready);
    }
  }
  return seconds(longest);
}

void TripRun::measure_details(Micros from, std::size_t interval) {
  const Network& network = simulation_.network();
  const LaneQueues& queues = simulation_.queues();
  const auto kind_exits = queues.kind_exits();
  const Micros now = simulation_.now();
  while (details_.size() <= interval) details_.emplace_back(network.links());
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    LinkDetail& detail = details_[interval][link];
    std::uint32_t standing = 0;
    for (std::uint32_t lane = network.lane_begin[link]; lane < network.lane_begin[link + 1];
         ++lane) {
      for (std::size_t kind = 0; kind < vehicle_kinds; ++kind) {
        detail.exits[kind] += kind_exits[vehicle_kinds * lane + kind];
      }
      if (const micro::MicroZone* zone = queues.zone_of(lane)) {
        constexpr double walking_mps = 1.4;
        standing += static_cast<std::uint32_t>(std::ranges::count_if(
            zone->speeds_on(lane), [](double speed_mps) { return speed_mps < walking_mps; }));
        continue;
      }
      // The vehicles of a queue are in the order in which they get to its end.
      for (const Queue& queue : {queues.lane(lane).wide, queues.lane(lane).narrow}) {
        for (std::uint32_t slot = queue.head; slot != no_row && queues.vehicle(slot).ready <= now;
             slot = queues.vehicle(slot).next) {
          ++standing;
        }
      }
    }
    detail.longest_queue = std::max(detail.longest_queue, standing);
    detail.queue_s += seconds(now - from) * standing;
  }
}

void TripRun::measure_turns(std::size_t interval) {
  while (turns_.size() <= interval) turns_.emplace_back(simulation_.network().turns());
  const auto waits = simulation_.queues().turn_waits();
  for (std::size_t turn = 0; turn < waits.size(); ++turn) {
    turns_[interval][turn].exits += waits[turn].exits;
    turns_[interval][turn].delay_s += static_cast<float>(seconds(waits[turn].delay_sum));
  }
}

bool TripRun::step() {
  const Micros now = simulation_.now();
  const bool all_left = next_trip_ == table_.trips.size();
  if (now >= options_.end || (all_left && simulation_.inside() == 0)) return false;
  if (all_left && !table_.trips.empty() && now - table_.trips.back().depart > options_.most) {
    return false;
  }
  make_edits();
  Micros until = std::min(options_.end, (now / options_.window + 1) * options_.window);
  if (next_edit_ < options_.edits.size()) until = std::min(until, options_.edits[next_edit_].at);
  if (now >= next_refresh_) {
    next_refresh_ += options_.route_refresh;
    simulation_.book().refresh(delay_s_);
    changes_en_route_ +=
        choose_en_route(simulation_, options_.en_route, options_.simulation.seed, arena_);
  }
  simulation_.look_for_ways();
  depart(until);
  control_.run(simulation_, until);
  measure(now);
  return true;
}

}  // namespace kontwin::traffic
