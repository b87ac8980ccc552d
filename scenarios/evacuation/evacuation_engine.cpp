#include "scenarios/evacuation/evacuation_engine.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "scenarios/evacuation/evacuation_state.hpp"
#include "twin/error.hpp"

namespace kontwin {

using evacuation::Household;
using evacuation::Means;

namespace {

EvacuationOptions checked(const EvacuationOptions& options) {
  const auto check = [](bool fine, const char* field, const char* range) {
    if (!fine) throw ScenarioError(std::string("evacuation: ") + field + " has to be " + range);
  };
  const auto share = [](double value) { return value >= 0 && value <= 1; };
  check(options.departure_median_min >= 0, "departure_median_min", "0 or more");
  check(options.departure_sigma >= 0, "departure_sigma", "0 or more");
  check(share(options.compliance), "compliance", "0 to 1");
  check(options.exposed_depth_m >= 0, "exposed_depth_m", "0 or more");
  check(share(options.spontaneous_share), "spontaneous_share", "0 to 1");
  check(share(options.car_share), "car_share", "0 to 1");
  check(share(options.no_vehicle_share + options.car_share) && options.no_vehicle_share >= 0,
        "no_vehicle_share", "0 to 1, together with car_share");
  check(options.walk_speed_mps > 0, "walk_speed_mps", "above 0");
  check(options.walk_limit_km >= 0, "walk_limit_km", "0 or more");
  check(options.bus_places >= 1, "bus_places", "1 or more");
  check(options.bus_wait_min >= 0, "bus_wait_min", "0 or more");
  check(options.retry_min > 0, "retry_min", "above 0");
  check(options.door_width_m_per_100_places >= 0, "door_width_m_per_100_places", "0 or more");
  return options;
}

}  // namespace

EvacuationEngine::Impl::Impl(const Branch& branch, TravelService& service, EvacuationOptions wanted)
    : options(checked(wanted)),
      world(branch.world),
      travel(service),
      begin(branch.start),
      seed(branch.seed),
      shelters(*world, branch.state, service, options) {
  const std::size_t count = world->entities(Kind::residence).size();
  const auto people = branch.state.column(Kind::residence, residence_column::people_home);
  for (std::size_t row = 0; row < count; ++row) {
    home.push_back(people[row] > 0 ? static_cast<std::uint64_t>(std::llround(people[row])) : 0);
  }
  at_start = home;
  moving.assign(count, 0);
  safe.assign(count, 0);
  told_by_water.assign(count, 0);
  told_by_order.assign(count, 0);
  of_residence.resize(count);
  pools.resize(count);
  people_at_start = std::accumulate(home.begin(), home.end(), std::uint64_t{0});
  for (std::uint32_t row = 0; row < shelters.size(); ++row) {
    people_at_start += shelters.occupants(row);
  }
}

EvacuationEngine::EvacuationEngine(const Branch& branch, TravelService& travel,
                                   EvacuationOptions options)
    : impl_(std::make_unique<Impl>(branch, travel, options)) {}
EvacuationEngine::~EvacuationEngine() = default;

void EvacuationEngine::apply(const Edit& edit, StateTable& /*state*/, Instant at) {
  const auto* order = std::get_if<OrderEvacuation>(&edit);
  if (order == nullptr) return;
  for (const std::uint32_t residence : order->residences) {
    if (residence >= impl_->home.size()) {
      throw ScenarioError("evacuation: there is no residence " + std::to_string(residence));
    }
    impl_->order(residence, impl_->seconds(at));
  }
}

void EvacuationEngine::advance(StateTable& state, Instant from, Instant to) {
  Impl& impl = *impl_;
  const double from_s = impl.seconds(from);
  const double to_s = impl.seconds(to);
  impl.window_s = to_s - from_s;
  impl.take_arrivals(from_s);
  impl.shelters.take_over(state, from_s, std::exchange(impl.look_again, false));
  // A branch may start with homes that were ordered to leave before.
  const auto ordered = state.column(Kind::residence, residence_column::ordered);
  for (std::uint32_t residence = 0; residence < ordered.size(); ++residence) {
    if (ordered[residence] == 1) impl.order(residence, from_s);
  }
  impl.watch_water(state, from_s);
  impl.enter(to_s);
  impl.send_buses(from_s);
  impl.leave(from_s, to_s);
  impl.write_columns(state);
  impl.now_s = to_s;
}

void EvacuationEngine::Impl::order(std::uint32_t residence, double at_s) {
  if (told_by_order[residence] != 0) return;
  told_by_order[residence] = 1;
  ordered_people += home[residence];
  // Those who leave of their own accord leave now by order, and no later for it.
  for (const std::uint32_t number : of_residence[residence]) {
    Party& party = parties[number];
    if (party.stage != Stage::home && party.stage != Stage::pooled) continue;
    party.ordered = true;
    party.told_s = at_s;
  }
  tell(residence, at_s, options.compliance, true);
}

void EvacuationEngine::Impl::tell(std::uint32_t residence, double at_s, double share,
                                  bool ordered) {
  // Those below the other share were told before.
  const double before = ordered && told_by_water[residence] != 0 ? options.spontaneous_share : 0;
  const EntityTable& table = world->entities(Kind::residence);
  const auto households = evacuation::households_of(
      residence, at_start[residence], table.attribute(residence_attribute::households, residence),
      options, seed);
  for (const Household& one : households) {
    if (one.willingness >= share || one.willingness < before) continue;
    std::uint32_t left = one.people;
    const auto go = [&](Vehicle vehicle, std::uint32_t most) {
      const std::uint32_t together = std::min(left, most);
      add_party(residence, together, vehicle, one.delay_min * 60, at_s, ordered);
      left -= together;
    };
    if (one.means == Means::on_foot) go(Vehicle::none, left);
    if (one.means == Means::car) go(Vehicle::car, evacuation::car_places);
    while (left > 0) go(Vehicle::motorbike, evacuation::motorbike_places);
  }
}

void EvacuationEngine::Impl::add_party(std::uint32_t residence, std::uint32_t people,
                                       Vehicle vehicle, double delay_s, double at_s, bool ordered) {
  Party party;
  party.residence = residence;
  party.people = people;
  party.vehicle = vehicle;
  party.ordered = ordered;
  party.junction = world->junction_of({Kind::residence, residence});
  party.told_s = at_s;
  party.due_s = at_s + delay_s;
  const auto number = static_cast<std::uint32_t>(parties.size());
  departures.add(party.due_s, number);
  of_residence[residence].push_back(number);
  parties.push_back(std::move(party));
}

void EvacuationEngine::Impl::watch_water(const StateTable& state, double at_s) {
  const auto depth = state.column(Kind::residence, common_column::water_depth_m);
  for (std::uint32_t residence = 0; residence < home.size(); ++residence) {
    if (!(depth[residence] > options.exposed_depth_m)) continue;
    if (told_by_water[residence] != 0 || told_by_order[residence] != 0) continue;
    told_by_water[residence] = 1;
    tell(residence, at_s, options.spontaneous_share, false);
  }
}

void EvacuationEngine::Impl::write_columns(StateTable& state) const {
  const auto put = [&state](std::size_t column, const std::vector<std::uint64_t>& values) {
    std::ranges::copy(values, state.column(Kind::residence, column).begin());
  };
  put(residence_column::people_home, home);
  put(residence_column::people_moving, moving);
  put(residence_column::people_safe, safe);
  const auto occupants = state.column(Kind::shelter, shelter_column::occupants);
  for (std::uint32_t row = 0; row < shelters.size(); ++row) {
    occupants[row] = static_cast<double>(shelters.occupants(row));
  }
}

const std::vector<StrandedPeople>& EvacuationEngine::stranded() const { return impl_->stranded; }

std::uint64_t EvacuationEngine::people_without_way() const {
  std::uint64_t people = 0;
  for (const Impl::Party& party : impl_->parties) {
    const bool waits = party.stage == Impl::Stage::home || party.stage == Impl::Stage::outside;
    if (waits && party.found_no_way) people += party.people;
  }
  return people;
}

std::vector<EvacuationEngine::Journey> EvacuationEngine::journeys() const {
  std::vector<Journey> all;
  for (const Impl::Party& party : impl_->parties) {
    if (party.stage == Impl::Stage::merged) continue;
    all.push_back({party.residence, party.people, party.shelter, party.ordered,
                   party.stage == Impl::Stage::safe, party.told_s, party.left_s, party.safe_s});
  }
  return all;
}

}  // namespace kontwin
