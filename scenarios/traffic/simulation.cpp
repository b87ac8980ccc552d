#include "scenarios/traffic/simulation.hpp"

#include <algorithm>
#include <array>

#include "twin/random.hpp"

namespace kontwin::traffic {

namespace {

constexpr Micros look_every = 300 * static_cast<Micros>(micros_per_second);
constexpr std::uint64_t driver_purpose = 111;

float speed_factor(const VehicleType& type, std::uint64_t seed, std::uint64_t number) {
  if (type.speed_deviation <= 0) return static_cast<float>(type.speed_factor);
  RandomStream random(seed, number, driver_purpose);
  return static_cast<float>(
      std::clamp(type.speed_factor + type.speed_deviation * random.normal(), 0.2, 2.0));
}

/// A zone for all chosen junctions that hang together.
std::vector<ZoneBorder> borders(const std::shared_ptr<const Network>& network,
                                std::span<const VehicleType> types,
                                const SimulationOptions& options) {
  std::vector<ZoneBorder> made;
  if (options.micro_junctions.empty()) return made;
  micro::MicroOptions micro = options.micro;
  micro.seed = options.seed;
  for (const ConnectedJunctions& zone : connected(*network, options.micro_junctions)) {
    made.emplace_back(network, zone, types, micro);
  }
  return made;
}

}  // namespace

Simulation::Simulation(std::shared_ptr<const Network> network, const LinkState& links,
                       ComputeArena& arena, std::vector<VehicleType> types,
                       SimulationOptions options)
    : network_(std::move(network)),
      links_(links),
      arena_(arena),
      types_(std::move(types)),
      options_(std::move(options)),
      guides_(*network_),
      book_(*network_, links, guides_, arena, planned_speeds(types_)),
      queues_(*network_, options_.rules, borders(network_, types_, options_)) {}

Simulation::Simulation(const Simulation& other, const LinkState& links)
    : network_(other.network_),
      links_(links),
      arena_(other.arena_),
      types_(other.types_),
      options_(other.options_),
      guides_(other.guides_),
      book_(other.book_, links, guides_),
      queues_(other.queues_),
      drivers_(other.drivers_),
      aside_(other.aside_),
      journeys_(other.journeys_),
      ambulances_(other.ambulances_),
      ambulances_first_(other.ambulances_first_),
      parking_(other.parking_),
      now_(other.now_),
      next_look_(other.next_look_),
      entered_(other.entered_),
      arrived_(other.arrived_),
      stranded_(other.stranded_),
      not_made_(other.not_made_) {}

void Simulation::take_over(std::span<const std::uint32_t> altered,
                           std::span<const std::uint32_t> shut,
                           std::span<const std::uint32_t> blocked, VehicleKinds kinds) {
  queues_.take_over_zones(altered, links_);
  for (const std::uint32_t link : altered) queues_.renew(link, links_, now_);
  for (const std::uint32_t link : shut) queues_.choose_again(link, now_);
  for (const std::uint32_t link : blocked) queues_.turn_back(link, links_, now_);
  collect();
  carried_off_.clear();
  book_.take_over(altered, kinds);
}

void Simulation::look_for_ways() {
  collect();
  // Those who look for a place to park may have destinations that nobody had before.
  if (parking_) book_.compute_marked();
  const bool all_look = now_ >= next_look_;
  if (all_look) next_look_ = (now_ / look_every + 1) * look_every;
  const auto looks = [&](const Aside& one) {
    return one.since <= now_ && (!one.stuck || all_look);
  };
  for (const Aside& one : aside_) {
    const std::uint32_t tree = queues_.vehicle(one.slot).tree;
    if (looks(one) && tree != own_route && book_.outdated(tree)) book_.renew(tree);
  }
  book_.compute_marked();

  std::size_t kept = 0;
  for (Aside one : aside_) {
    if (looks(one)) {
      Vehicle& vehicle = queues_.vehicle(one.slot);
      const Destination& to = drivers_[one.slot].to;
      if (to.kind == Destination::Kind::junction && to.row == one.junction) {
        if (drives_on(one.slot, now_, one.junction)) {
          // To the next site, if it is not here as well.
          one.since = now_;
          aside_[kept++] = one;
          continue;
        }
        end(one.slot, now_, Journey::Result::arrived, one.junction);
        continue;
      }
      std::uint32_t link = no_row;
      if (vehicle.tree != own_route) {
        link = book_.first_link(vehicle.tree, one.junction);
      } else if (const auto way = book_.route_from(one.junction, to, vehicle.kind, true);
                 !way.empty()) {
        link = way.front();
        vehicle.position = guides_.add_route(way);
      }
      if (may_enter(link, vehicle.kind)) {
        queues_.depart(one.slot, link, now_);
        continue;
      }
      one.stuck = true;
    }
    if (one.stuck && now_ - one.since >= to_micros(options_.patience_s)) {
      end(one.slot, now_, Journey::Result::stranded, one.junction);
      continue;
    }
    aside_[kept++] = one;
  }
  aside_.resize(kept);
}

std::uint32_t Simulation::first_link(const Departure& departure, std::uint32_t tree) const {
  if (departure.from_link != no_row) {
    // A way from there on must be known.
    const bool leads_on = tree == own_route || guides_.tree(tree)[departure.from_link] != no_way;
    return leads_on ? departure.from_link : no_row;
  }
  return book_.first_link(tree, departure.from_junction);
}

void Simulation::start(std::span<const Departure> departures) {
  std::vector<std::uint32_t> trees;
  trees.reserve(departures.size());
  const auto kind_of = [this](const Departure& one) { return types_[one.type].kind; };
  for (const Departure& one : departures) {
    trees.push_back(one.route || one.alone ? own_route
                                           : book_.tree(one.to, kind_of(one), one.informed));
  }
  book_.compute_marked();
  const auto is_there = [](const Departure& one) {
    return one.to.kind == Destination::Kind::junction && one.to.row == one.from_junction;
  };
  const auto may_start = [&](std::size_t i) {
    if (departures[i].alone && !departures[i].route) return false;
    return is_there(departures[i]) ||
           may_enter(first_link(departures[i], trees[i]), kind_of(departures[i]));
  };
  for (std::size_t i = 0; i < departures.size(); ++i) {
    if (trees[i] != own_route && book_.outdated(trees[i]) && !may_start(i)) book_.renew(trees[i]);
  }
  book_.compute_marked();
  for (std::size_t i = 0; i < departures.size(); ++i) {
    const Departure& one = departures[i];
    if (may_start(i)) {
      put_under_way(one, trees[i], is_there(one) ? no_row : first_link(one, trees[i]));
      continue;
    }
    ++not_made_;
    const std::uint32_t at =
        one.from_link != no_row ? network_->from[one.from_link] : one.from_junction;
    journeys_.push_back(
        {one.number, one.tag, one.type, Journey::Result::no_route, one.at, one.at, 0, at, 0, 0, 0});
  }
}

void Simulation::put_under_way(const Departure& departure, std::uint32_t tree, std::uint32_t link) {
  const VehicleType& type = types_[departure.type];
  Vehicle vehicle;
  vehicle.entered = departure.at;
  vehicle.tree = tree;
  vehicle.position = departure.route.value_or(0);
  vehicle.room = car_hundredths(type.room_pcu);
  vehicle.flow = car_hundredths(type.flow_pcu);
  vehicle.speed_factor = speed_factor(type, options_.seed, departure.number);
  vehicle.top_speed_mps = static_cast<float>(type.top_speed_mps);
  vehicle.kind = type.kind;
  const bool first = ambulances_first_ && type.kind == VehicleKind::ambulance;
  vehicle.narrow = type.narrow || first ? 1 : 0;
  vehicle.urgent = first ? 1 : 0;
  ++entered_;
  const std::uint32_t slot = queues_.add(vehicle, {departure.number, departure.type});
  if (slot >= drivers_.size()) drivers_.resize(slot + 1);
  const Micros free = tree == own_route || link == no_row ? 0 : book_.free_time(tree, link);
  drivers_[slot] = {departure.number, departure.tag, departure.type, departure.informed,
                    departure.to,     departure.at,  free,           0};
  if (type.kind == VehicleKind::ambulance) ambulances_.push_back(slot);
  if (departure.halt_count > 0 && departure.route) {
    queues_.plan_halts(slot, departure.halt_begin, departure.halt_count);
  }
  if (link == no_row) {
    end(slot, departure.at, Journey::Result::arrived, departure.from_junction);
  } else {
    queues_.depart(slot, link, departure.at);
  }
}

void Simulation::end(std::uint32_t slot, Micros at, Journey::Result result,
                     std::uint32_t junction) {
  const Driver& driver = drivers_[slot];
  const Vehicle& vehicle = queues_.vehicle(slot);
  if (vehicle.kind == VehicleKind::ambulance) std::erase(ambulances_, slot);
  const Micros search = driver.search + (parking_ ? parking_->forget(slot, at) : 0);
  ++(result == Journey::Result::arrived ? arrived_ : stranded_);
  journeys_.push_back({driver.number, driver.tag, driver.type, result, driver.departed, at,
                       driver.free_time, junction, static_cast<double>(vehicle.driven_m),
                       static_cast<double>(vehicle.free_s), search});
  queues_.release(slot);
}

void Simulation::run(Micros until) {
  carried_off_.clear();
  queues_.run(until, guides_, links_, arena_);
  now_ = until;
  collect();
}

void Simulation::collect() {
  for (const LaneQueues::Left& left : queues_.arrived()) {
    const std::uint32_t junction = network_->to[left.link];
    if (drives_on(left.slot, left.at, junction)) {
      aside_.push_back({left.slot, junction, left.at});
    } else {
      end(left.slot, left.at, Journey::Result::arrived, junction);
    }
  }
  for (const LaneQueues::Left& left : queues_.aside()) {
    const std::uint32_t junction =
        left.at_start ? network_->from[left.link] : network_->to[left.link];
    if (const auto water = carried_off_.find(left.link);
        water != carried_off_.end() && water->second > 0) {
      --water->second;
      end(left.slot, left.at, Journey::Result::stranded, junction);
      journeys_.back().carried_off = true;
      continue;
    }
    aside_.push_back({left.slot, junction, left.at});
  }
  queues_.clear();
}

void Simulation::set_parking(std::optional<ParkingBook> book) {
  parking_.reset();
  if (book) parking_.emplace(std::move(*book));
}

bool Simulation::drives_on(std::uint32_t slot, Micros at, std::uint32_t junction) {
  if (!parking_) return false;
  Driver& driver = drivers_[slot];
  Vehicle& vehicle = queues_.vehicle(slot);
  const ParkingBook::Answer answer =
      parking_->arrive(slot, junction, junction, vehicle.kind, vehicle.room, at);
  driver.search += answer.search;
  if (answer.kind != ParkingBook::Answer::Kind::drive_on) return false;
  driver.to = {Destination::Kind::junction, answer.junction};
  if (vehicle.tree != own_route)
    vehicle.tree = book_.tree(driver.to, vehicle.kind, driver.informed);
  return true;
}

}  // namespace kontwin::traffic
