#include "scenarios/traffic/trip_run.hpp"

#include <algorithm>
#include <map>

namespace kontwin::traffic {

TripRun::TripRun(std::shared_ptr<const Network> network, const TripTable& trips,
                 ComputeArena& arena, TripRunOptions options)
    : table_(trips),
      arena_(arena),
      options_(options),
      links_(*network),
      simulation_(network, links_, arena, trips.types, options.simulation),
      next_refresh_(options.route_refresh),
      delay_s_(network->links(), 0) {
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
      simulation_(other.simulation_, links_),
      routes_(other.routes_),
      next_trip_(other.next_trip_),
      next_refresh_(other.next_refresh_),
      journeys_(other.journeys_),
      halts_(other.halts_),
      measures_(other.measures_),
      delay_s_(other.delay_s_),
      vehicle_seconds_(other.vehicle_seconds_) {}

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
    if (exits > 0) delay_s_[link] = delay_s / exits;
  }
  halts_.insert(halts_.end(), queues.halted().begin(), queues.halted().end());
  queues.clear_counts();
  for (const Journey& journey : simulation_.journeys()) {
    vehicle_seconds_ += seconds(journey.ended - journey.departed);
    journeys_.push_back(journey);
  }
  simulation_.clear_journeys();
}

bool TripRun::step() {
  const Micros now = simulation_.now();
  const bool all_left = next_trip_ == table_.trips.size();
  if (now >= options_.end || (all_left && simulation_.inside() == 0)) return false;
  if (all_left && !table_.trips.empty() && now - table_.trips.back().depart > options_.most) {
    return false;
  }
  const Micros until = std::min(options_.end, now + options_.window);
  if (now >= next_refresh_) {
    next_refresh_ += options_.route_refresh;
    simulation_.book().refresh(delay_s_);
  }
  simulation_.look_for_ways();
  depart(until);
  simulation_.run(until);
  measure(now);
  return true;
}

}  // namespace kontwin::traffic
