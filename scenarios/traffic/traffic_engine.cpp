#include "scenarios/traffic/traffic_engine.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "scenarios/traffic/traffic_state.hpp"
#include "twin/error.hpp"

namespace kontwin {

using traffic::Departure;
using traffic::Micros;
using traffic::micros_per_second;
using traffic::WadeGroup;

namespace {

constexpr std::uint64_t requested_bit = std::uint64_t{1} << 63U;
constexpr Micros retry_every = 300 * static_cast<Micros>(micros_per_second);

TrafficOptions checked(const TrafficOptions& options) {
  const auto check = [](bool fine, const char* field, const char* range) {
    if (!fine) throw ScenarioError(std::string("traffic: ") + field + " has to be " + range);
  };
  const auto share = [](double value) { return value >= 0 && value <= 1; };
  check(options.background_trips_per_person_day >= 0, "background_trips_per_person_day",
        "0 or more");
  check(share(options.motorbike_share), "motorbike_share", "0 to 1");
  check(options.patience_min >= 0, "patience_min", "0 or more");
  check(options.mean_trip_km > 0, "mean_trip_km", "above 0");
  check(options.destinations >= 1, "destinations", "1 or more");
  check(share(options.informed_share), "informed_share", "0 to 1");
  check(options.route_refresh_min > 0, "route_refresh_min", "above 0");
  check(options.dark_signal_capacity > 0 && options.dark_signal_capacity <= 1,
        "dark_signal_capacity", "above 0, up to 1");
  return options;
}

Micros minutes(double value) { return static_cast<Micros>(value * 60 * micros_per_second); }

std::uint8_t class_of(Mover::Kind kind) {
  for (std::uint8_t which = 0; which < traffic::vehicle_classes; ++which) {
    if (traffic::classes[which].shown_as == kind) return which;
  }
  throw ScenarioError("traffic: a trip was asked for by something that does not drive on roads");
}

}  // namespace

TrafficEngine::Impl::Impl(const Branch& branch, ComputeArena& arena, TrafficOptions wanted)
    : options(checked(wanted)),
      world(branch.world),
      forcing(branch.forcing),
      begin(branch.start),
      graph(world->entities(Kind::junction).size(), world->roads()),
      links(*world, options.dark_signal_capacity),
      queues(links, vehicles),
      book(graph, links, arena),
      demand(*world, options, branch.seed, branch.start),
      next_refresh(minutes(options.route_refresh_min)),
      delay_s(links.size(), 0) {
  take_over_roads(branch.state, 0);
}

TrafficEngine::TrafficEngine(const Branch& branch, ComputeArena& arena, TrafficOptions options)
    : impl_(std::make_unique<Impl>(branch, arena, options)) {}
TrafficEngine::~TrafficEngine() = default;

void TrafficEngine::apply(const Edit& edit, StateTable& /*state*/, Instant /*at*/) {
  // All else that concerns roads is state, and read at the start of the window.
  if (const auto* demand = std::get_if<SetDemand>(&edit)) {
    if (!(demand->factor >= 0)) throw ScenarioError("traffic: a demand factor has to be 0 or more");
    impl_->demand_factor = demand->factor;
  }
}

void TrafficEngine::advance(StateTable& state, Instant from, Instant to) {
  Impl& impl = *impl_;
  const Micros begin = impl.micros(from);
  const Micros end = impl.micros(to);
  impl.take_over_roads(state, begin);
  impl.refresh_routes(begin);
  impl.try_again(begin);
  impl.depart(state, from, to);
  impl.queues.run(end, impl.book);
  impl.collect(end);
  impl.write_columns(state, to_seconds(to - from));
  impl.now = end;
}

void TrafficEngine::Impl::take_over_roads(const StateTable& state, Micros at) {
  const traffic::LinkTable::Changes& changes = links.update(state);
  for (const std::uint32_t link : changes.altered) queues.renew(link, at);
  for (const std::uint32_t link : changes.shut) queues.choose_again(link, at);
  for (const std::uint32_t link : changes.newly_blocked) queues.turn_back(link, at);
  book.take_over(changes);
}

void TrafficEngine::Impl::refresh_routes(Micros at) {
  if (at < next_refresh) return;
  while (next_refresh <= at) next_refresh += minutes(options.route_refresh_min);
  book.refresh(delay_s);
}

bool TrafficEngine::Impl::may_start(std::uint32_t tree, std::uint32_t junction,
                                    WadeGroup group) const {
  const std::uint32_t link = book.next_link(tree, junction);
  return link != no_row && ((links.may_enter[link] >> static_cast<unsigned>(group)) & 1U) != 0;
}

void TrafficEngine::Impl::try_again(Micros at) {
  for (const traffic::LinkQueues::Left& left : queues.aside()) {
    aside.push_back({left.slot, left.junction, left.at});
  }
  queues.clear();
  const bool retry = at >= next_retry;
  if (retry) next_retry = (at / retry_every + 1) * retry_every;

  const auto looks = [&](const Aside& one) { return one.since <= at && (!one.stuck || retry); };
  for (const Aside& one : aside) {
    const std::uint32_t tree = vehicles.tree[one.slot];
    if (looks(one) && book.outdated(tree) &&
        !may_start(tree, one.junction, vehicles.group(one.slot))) {
      book.mark(tree);
    }
  }
  book.compute_marked();

  const Micros patience = minutes(options.patience_min);
  std::size_t kept = 0;
  for (Aside one : aside) {
    const std::uint32_t tree = vehicles.tree[one.slot];
    if (looks(one)) {
      if (one.junction == book.destination(tree)) {
        end(one.slot, at);
        continue;
      }
      if (may_start(tree, one.junction, vehicles.group(one.slot))) {
        queues.depart(one.slot, book.next_link(tree, one.junction), at);
        continue;
      }
      one.stuck = true;
    }
    if (one.stuck && at - one.since >= patience) {
      const bool asked = vehicles.requested[one.slot] != 0;
      stranded.push_back({asked ? vehicles.traveller[one.slot] : vehicles.number[one.slot], asked,
                          one.junction, instant(at), "no open way to its destination"});
      if (asked) {
        answer(vehicles.traveller[one.slot], TripOutcome::Result::stranded, at, one.junction);
      }
      const Micros taken = at - vehicles.departed[one.slot];
      delay_sum_s += static_cast<double>(taken) / micros_per_second;
      ++delayed;
      vehicles.release(one.slot);
      continue;
    }
    aside[kept++] = one;
  }
  aside.resize(kept);
}

void TrafficEngine::Impl::depart(const StateTable& state, Instant from, Instant to) {
  departures.clear();
  const double forced = forcing.traffic_demand.empty() ? 1 : forcing.traffic_demand.value_at(from);
  demand.depart(from, to, forced * demand_factor,
                state.column(Kind::residence, residence_column::people_home), departures);
  std::ranges::sort(departures, [](const Departure& a, const Departure& b) {
    return a.at != b.at ? a.at < b.at : a.number < b.number;
  });
  std::ranges::sort(requests, [](const TripRequest& a, const TripRequest& b) {
    return a.depart != b.depart ? a.depart < b.depart : a.traveller < b.traveller;
  });
  const auto later =
      std::ranges::find_if(requests, [to](const TripRequest& trip) { return trip.depart >= to; });
  const auto due = static_cast<std::size_t>(later - requests.begin());

  struct Start {
    Departure trip;
    std::uint32_t tree;
    const TripRequest* asked;
  };
  std::vector<Start> starts;
  starts.reserve(departures.size() + due);
  for (const Departure& trip : departures) {
    const WadeGroup group = traffic::classes[trip.vehicle_class].group;
    starts.push_back({trip, book.tree(trip.destination, group, trip.informed), nullptr});
  }
  for (std::size_t i = 0; i < due; ++i) {
    const TripRequest& asked = requests[i];
    Departure trip;
    trip.at = micros(std::max(asked.depart, from));
    trip.number = requested_bit | asked.traveller;
    trip.origin = asked.from;
    trip.destination = asked.to;
    trip.vehicle_class = class_of(asked.vehicle);
    const WadeGroup group = traffic::classes[trip.vehicle_class].group;
    starts.push_back({trip, book.tree(asked.to, group, true), &asked});
  }
  book.compute_marked();
  for (const Start& one : starts) {
    const WadeGroup group = traffic::classes[one.trip.vehicle_class].group;
    if (book.outdated(one.tree) && !may_start(one.tree, one.trip.origin, group))
      book.mark(one.tree);
  }
  book.compute_marked();
  for (const Start& one : starts) {
    if (start(one.trip, one.tree, one.asked)) continue;
    ++not_made;
    if (one.asked != nullptr) {
      answer(one.asked->traveller, TripOutcome::Result::no_route, one.trip.at, one.trip.origin);
    }
  }
  requests.erase(requests.begin(), requests.begin() + static_cast<std::ptrdiff_t>(due));
}

bool TrafficEngine::Impl::start(const Departure& trip, std::uint32_t tree,
                                const TripRequest* asked) {
  const WadeGroup group = traffic::classes[trip.vehicle_class].group;
  const bool there = trip.origin == trip.destination;
  if (!there && !may_start(tree, trip.origin, group)) return false;
  ++entered;
  const std::uint32_t slot = vehicles.add();
  vehicles.number[slot] = trip.number;
  vehicles.traveller[slot] = asked != nullptr ? asked->traveller : 0;
  vehicles.requested[slot] = asked != nullptr ? 1 : 0;
  vehicles.vehicle_class[slot] = trip.vehicle_class;
  vehicles.tree[slot] = tree;
  vehicles.departed[slot] = trip.at;
  vehicles.free_time[slot] = book.free_time(tree, trip.origin);
  vehicles.entered_link[slot] = trip.at;
  if (there) {
    end(slot, trip.at);
  } else {
    queues.depart(slot, book.next_link(tree, trip.origin), trip.at);
  }
  return true;
}

void TrafficEngine::Impl::end(std::uint32_t slot, Micros at) {
  const Micros taken = at - vehicles.departed[slot];
  ++arrived;
  if (is_delayed(taken, vehicles.free_time[slot])) ++delayed;
  delay_sum_s +=
      std::max(0.0, static_cast<double>(taken - vehicles.free_time[slot])) / micros_per_second;
  const std::uint32_t destination = book.destination(vehicles.tree[slot]);
  if (vehicles.requested[slot] != 0) {
    answer(vehicles.traveller[slot], TripOutcome::Result::arrived, at, destination);
  }
  if (record_trips) {
    trips.push_back({vehicles.number[slot], destination,
                     static_cast<double>(vehicles.departed[slot]) / micros_per_second,
                     static_cast<double>(at) / micros_per_second});
  }
  vehicles.release(slot);
}

void TrafficEngine::Impl::answer(std::uint64_t traveller, TripOutcome::Result result, Micros at,
                                 std::uint32_t junction) {
  outcomes.push_back({traveller, result, instant(at), junction});
}

void TrafficEngine::Impl::collect(Micros /*to*/) {
  for (const traffic::LinkQueues::Left& left : queues.arrived()) end(left.slot, left.at);
  for (const traffic::LinkQueues::Left& left : queues.aside()) {
    aside.push_back({left.slot, left.junction, left.at});
  }
  queues.clear();
}

void TrafficEngine::request(const TripRequest& trip) {
  const std::size_t junctions = impl_->graph.junctions();
  if (trip.from >= junctions || trip.to >= junctions) {
    throw ScenarioError("traffic: a trip was asked for from or to a junction that is not there");
  }
  class_of(trip.vehicle);
  impl_->requests.push_back(trip);
}

std::vector<TripOutcome> TrafficEngine::take_outcomes() {
  std::ranges::sort(impl_->outcomes, [](const TripOutcome& a, const TripOutcome& b) {
    return a.at != b.at ? a.at < b.at : a.traveller < b.traveller;
  });
  return std::exchange(impl_->outcomes, {});
}

std::vector<double> TrafficEngine::travel_times_to(std::span<const std::uint32_t> targets) const {
  // As the vehicle that stands the least water sees it.
  return impl_->graph.routes_to(targets, impl_->book.cost_now(WadeGroup::motorbike)).cost;
}

const std::vector<StrandedVehicle>& TrafficEngine::stranded() const { return impl_->stranded; }
void TrafficEngine::record_trips(bool record) { impl_->record_trips = record; }
const std::vector<TrafficEngine::Trip>& TrafficEngine::trips() const { return impl_->trips; }

}  // namespace kontwin
