#include "scenarios/traffic/traffic_engine.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "scenarios/traffic/en_route.hpp"
#include "scenarios/traffic/traffic_state.hpp"
#include "scenarios/traffic/world_network.hpp"
#include "twin/error.hpp"

namespace kontwin {

using traffic::Departure;
using traffic::Journey;
using traffic::Micros;
using traffic::VehicleKind;
using traffic::VehicleType;

namespace {

TrafficOptions checked(TrafficOptions options) {
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
  check(options.correction_min > 0, "correction_min", "above 0");
  check(share(options.correction_gain), "correction_gain", "0 to 1");
  return options;
}

/// The row of the standard type of a mover; the types are in the order of their kinds.
std::uint32_t type_of(Mover::Kind kind) {
  const auto row = [](VehicleKind drives) { return static_cast<std::uint32_t>(drives); };
  switch (kind) {
    case Mover::Kind::motorbike:
      return row(VehicleKind::motorbike);
    case Mover::Kind::car:
      return row(VehicleKind::car);
    case Mover::Kind::bus:
      return row(VehicleKind::bus);
    case Mover::Kind::lorry:
      return row(VehicleKind::lorry);
    case Mover::Kind::ambulance:
      return row(VehicleKind::ambulance);
    case Mover::Kind::pedestrian:
    case Mover::Kind::boat:
    case Mover::Kind::boulder:
      break;
  }
  throw ScenarioError("traffic: a trip was asked for by something that does not drive on roads");
}

/// Whoever was told a way leaves it where another is faster by so much when drivers hear of times.
const traffic::EnRouteOptions told_drivers{.share = 1};

traffic::SimulationOptions simulation_options(const TrafficOptions& options, std::uint64_t seed) {
  traffic::SimulationOptions made;
  made.patience_s = options.patience_min * 60;
  made.seed = seed;
  made.micro_junctions = options.micro_junctions;
  made.micro = options.micro;
  return made;
}

}  // namespace

TrafficEngine::Impl::Impl(const Branch& branch, ComputeArena& used, TrafficOptions wanted)
    : options(checked(std::move(wanted))),
      arena(used),
      seed(branch.seed),
      world(branch.world),
      forcing(branch.forcing),
      begin(branch.lead_in_start()),
      start_s(to_seconds(branch.lead_in)),
      network(traffic::network_of(*world)),
      links(*world, *network),
      driven(*network),
      control(*network, driven),
      rain(*world, options.rain_slows ? branch.forcing : Forcing{}, *network, control.layers()),
      simulation(
          network, driven, arena,
          {traffic::standard_vehicle_types().begin(), traffic::standard_vehicle_types().end()},
          simulation_options(options, branch.seed)),
      demand(*world, options, branch.seed, begin),
      next_refresh(traffic::to_micros(options.route_refresh_min * 60)),
      delay_s(network->links(), 0) {
  if (!forcing.traffic_flow_vph.empty()) correction.emplace(*world, forcing, options, begin);
  take_over_roads(branch.state, begin, begin + branch.window);
}

TrafficEngine::TrafficEngine(const Branch& branch, ComputeArena& arena, TrafficOptions options)
    : impl_(branch.world->roads().links() > 0
                ? std::make_unique<Impl>(branch, arena, std::move(options))
                : throw ScenarioError("traffic: the world has no roads")) {}
TrafficEngine::~TrafficEngine() = default;

void TrafficEngine::apply(const Edit& edit, StateTable& state, Instant /*at*/) {
  // All else that concerns roads is state, and read at the start of the window.
  if (const auto* demand = std::get_if<SetDemand>(&edit)) {
    if (!(demand->factor >= 0)) throw ScenarioError("traffic: a demand factor has to be 0 or more");
    impl_->demand_factor = demand->factor;
  } else if (const auto* begins = std::get_if<StartMeasure>(&edit)) {
    impl_->control.start(impl_->on_network(*begins, state), impl_->simulation);
  } else if (const auto* ends = std::get_if<EndMeasure>(&edit)) {
    impl_->control.end(ends->id, impl_->simulation);
  }
}

void TrafficEngine::lead_in(StateTable& state, Instant from, Instant to) {
  impl_->counts = false;
  advance(state, from, to);
  impl_->counts = true;
}

void TrafficEngine::advance(StateTable& state, Instant from, Instant to) {
  Impl& impl = *impl_;
  impl.take_over_roads(state, from, to);
  impl.refresh_routes();
  impl.simulation.look_for_ways();
  impl.depart(state, from, to);
  impl.control.run(impl.simulation, impl.micros(to));
  impl.take_journeys();
  impl.write_columns(state, to_seconds(to - from));
  if (impl.correction) {
    impl.correction->passed(from, to, state.column(Kind::road, road_column::flow_vph));
  }
}

void TrafficEngine::Impl::take_over_roads(const StateTable& state, Instant from, Instant to) {
  const auto& changes = links.update(state, simulation.queues().signals());
  for (const std::uint32_t link : changes.altered) control.layers().set_base(link, links.state());
  rain.update(from, to, control.layers());
  const auto swept = state.column(Kind::road, road_column::swept_vehicles);
  if (swept_before.empty()) swept_before.assign(swept.begin(), swept.end());
  for (std::uint32_t road = 0; road < swept.size(); ++road) {
    if (!(swept[road] > swept_before[road])) continue;
    simulation.carry_off(road, static_cast<std::size_t>(swept[road] - swept_before[road]));
    swept_before[road] = swept[road];
  }
  control.settle(simulation);
  for (const std::uint32_t signal : changes.signals) {
    simulation.queues().look_again(signal, simulation.now());
  }
}

StartMeasure TrafficEngine::Impl::on_network(StartMeasure edit, const StateTable& state) const {
  traffic::name_signals_of(*world, *network, edit.measure);
  if (auto* parking = std::get_if<ParkingSearch>(&edit.measure)) {
    for (ParkingSite& site : parking->sites) {
      if (site.parking == no_row) continue;
      const double occupied = state.at({Kind::parking, site.parking}, parking_column::occupied);
      if (occupied > 0) site.occupied = std::min(occupied, site.places);
    }
  }
  return edit;
}

void TrafficEngine::Impl::refresh_routes() {
  const Micros at = simulation.now();
  if (at < next_refresh) return;
  while (next_refresh <= at) next_refresh += traffic::to_micros(options.route_refresh_min * 60);
  simulation.book().refresh(delay_s);
  turn_elsewhere(simulation);
  choose_en_route(simulation, told_drivers, seed, arena);
}

void TrafficEngine::Impl::depart(const StateTable& state, Instant from, Instant to) {
  departures.clear();
  const double forced = forcing.traffic_demand.empty() ? 1 : forcing.traffic_demand.value_at(from);
  demand.depart(from, to, forced * demand_factor,
                state.column(Kind::residence, residence_column::people_home),
                correction ? correction->factors() : std::span<const double>(), departures);
  std::ranges::sort(departures, [](const Departure& a, const Departure& b) {
    return a.at != b.at ? a.at < b.at : a.number < b.number;
  });
  std::ranges::sort(requests, [](const TripRequest& a, const TripRequest& b) {
    return a.depart != b.depart ? a.depart < b.depart : a.traveller < b.traveller;
  });
  const auto later =
      std::ranges::find_if(requests, [to](const TripRequest& trip) { return trip.depart >= to; });
  for (auto asked = requests.begin(); asked != later; ++asked) {
    Departure trip;
    trip.at = micros(std::max(asked->depart, from));
    trip.number = requested_bit | asked->traveller;
    trip.tag = asked->traveller;
    trip.type = type_of(asked->vehicle);
    trip.from_junction = asked->from;
    trip.to.row = asked->to;
    trip.informed = true;
    if (!asked->route.empty()) {
      trip.from_link = asked->route.front();
      trip.route = simulation.guides().add_route(asked->route);
    }
    departures.push_back(trip);
  }
  requests.erase(requests.begin(), later);
  simulation.start(departures);
  if (correction) note_departures();
}

void TrafficEngine::Impl::note_departures() {
  traffic::RouteBook& book = simulation.book();
  for (const Departure& trip : departures) {
    if ((trip.number & requested_bit) != 0) continue;
    const std::uint32_t tree =
        book.tree(trip.to, simulation.types()[trip.type].kind, trip.informed);
    const std::uint32_t link = book.first_link(tree, trip.from_junction);
    if (link == no_row) continue;
    correction->departed(traffic::BackgroundDemand::residence_of(trip.number), *network,
                         simulation.guides(), tree, link);
  }
}

void TrafficEngine::Impl::take_journeys() {
  for (const Journey& journey : simulation.journeys()) {
    const bool asked = (journey.number & requested_bit) != 0;
    if (asked) {
      outcomes.push_back({journey.tag, static_cast<TripOutcome::Result>(journey.result),
                          instant(journey.ended), journey.junction, journey.carried_off});
    }
    if (journey.result == Journey::Result::no_route || !counts) continue;
    const Micros taken = journey.ended - journey.departed;
    if (journey.result == Journey::Result::stranded) {
      stranded.push_back(
          {asked ? journey.tag : journey.number, asked, journey.junction, instant(journey.ended),
           journey.carried_off ? "swept off by the water" : "no open way to its destination"});
      ++delayed;
      delay_sum_s += traffic::seconds(taken);
      continue;
    }
    if (is_delayed(taken, journey.free_time)) ++delayed;
    delay_sum_s += std::max(0.0, traffic::seconds(taken - journey.free_time));
    if (record_trips) {
      trips.push_back({journey.number, journey.junction,
                       traffic::seconds(journey.departed) - start_s,
                       traffic::seconds(journey.ended) - start_s});
    }
  }
  simulation.clear_journeys();
}

void TrafficEngine::request(const TripRequest& trip) {
  const std::size_t junctions = impl_->network->junctions();
  if (trip.from >= junctions || trip.to >= junctions) {
    throw ScenarioError("traffic: a trip was asked for from or to a junction that is not there");
  }
  const traffic::Network& network = *impl_->network;
  for (const std::uint32_t link : trip.route) {
    if (link < network.links()) continue;
    throw ScenarioError("traffic: a trip was told to take a road that is not there");
  }
  if (!trip.route.empty() &&
      (network.from[trip.route.front()] != trip.from || network.to[trip.route.back()] != trip.to)) {
    throw ScenarioError(
        "traffic: a trip was told a route that does not lead from its start to "
        "its end");
  }
  type_of(trip.vehicle);
  impl_->requests.push_back(trip);
}

std::vector<TripOutcome> TrafficEngine::take_outcomes() {
  std::ranges::sort(impl_->outcomes, [](const TripOutcome& a, const TripOutcome& b) {
    return a.at != b.at ? a.at < b.at : a.traveller < b.traveller;
  });
  return std::exchange(impl_->outcomes, {});
}

std::vector<double> TrafficEngine::travel_times_to(std::span<const std::uint32_t> targets,
                                                   Mover::Kind vehicle) const {
  const VehicleType& type = impl_->simulation.types()[type_of(vehicle)];
  return impl_->simulation.book().times_to(targets, type.kind);
}

std::vector<double> TrafficEngine::link_times(Mover::Kind vehicle) const {
  const traffic::VehicleKind kind = impl_->simulation.types()[type_of(vehicle)].kind;
  std::vector<double> times_s(impl_->network->links());
  for (std::uint32_t link = 0; link < times_s.size(); ++link) {
    times_s[link] = impl_->simulation.book().link_time_s(link, kind, true);
  }
  return times_s;
}

void TrafficEngine::for_each_on(
    std::span<const std::uint32_t> roads,
    const std::function<void(std::uint64_t, std::uint32_t)>& visit) const {
  const traffic::Simulation& simulation = impl_->simulation;
  const traffic::LaneQueues& queues = simulation.queues();
  for (const std::uint32_t road : roads) {
    const auto see = [&](std::uint32_t slot) {
      const traffic::Simulation::Driver& driver = simulation.driver(slot);
      if ((driver.number & requested_bit) != 0) visit(driver.tag, road);
    };
    for (std::uint32_t lane = impl_->network->lane_begin[road];
         lane < impl_->network->lane_begin[road + 1]; ++lane) {
      queues.for_each_on(lane, see);
    }
    queues.for_each_in(queues.roadside(road), see);
  }
}

const std::vector<StrandedVehicle>& TrafficEngine::stranded() const { return impl_->stranded; }
void TrafficEngine::record_trips(bool record) { impl_->record_trips = record; }
const std::vector<TrafficEngine::Trip>& TrafficEngine::trips() const { return impl_->trips; }

}  // namespace kontwin
