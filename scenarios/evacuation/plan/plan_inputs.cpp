#include "scenarios/evacuation/plan/plan_inputs.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "scenarios/evacuation/seating.hpp"
#include "scenarios/evacuation/warning.hpp"
#include "scenarios/evacuation/zones.hpp"
#include "scenarios/traffic/demand/vehicle_type.hpp"
#include "twin/error.hpp"

namespace kontwin::evacuation {

namespace {

using traffic::VehicleKind;

[[noreturn]] void fail(const std::string& what) { throw ScenarioError("evacuation plan: " + what); }

void check(const PlanOptions& options, const World& world) {
  const auto check_one = [](bool fine, const char* what) {
    if (!fine) fail(what);
  };
  const auto whole = [](double value) { return value == std::floor(value); };
  check_one(options.wave_min > 0 && std::isfinite(options.wave_min), "wave_min has to be above 0");
  check_one(options.step_s >= 1 && options.step_s <= 600 && whole(options.step_s),
            "step_s has to be whole seconds, 1 to 600");
  check_one(options.horizon_h > 0 && options.horizon_h <= 24 * 30,
            "horizon_h has to be above 0, and 720 at most");
  check_one(options.buses >= 0 && options.buses <= 1e5 && whole(options.buses),
            "buses has to be a whole number, 0 or more");
  check_one(options.boats >= 0 && options.boats <= 1e5 && whole(options.boats),
            "boats has to be a whole number, 0 or more");
  check_one(options.boarding_min >= 0 && options.boarding_min <= 1e4,
            "boarding_min has to be 0 or more");
  check_one(options.contraflow_km >= 0, "contraflow_km has to be 0 or more");
  check_one(options.room_reserve >= 0 && options.room_reserve < 1,
            "room_reserve has to be 0 to below 1");
  check_one(options.prepared_share >= 0 && options.prepared_share < 1,
            "prepared_share has to be 0 to below 1");
  check_one(options.safety_min >= 0 && options.safety_min <= 1e4, "safety_min has to be 0 or more");
  check_one(options.closes_s.empty() || options.closes_s.size() == world.roads().links(),
            "closes_s has to say a moment for each road");
  for (const double closes_s : options.closes_s) {
    check_one(!std::isnan(closes_s), "closes_s has to be a moment, or infinite");
  }
  check_one(options.measured_vph.empty() || options.measured_vph.size() == world.roads().links(),
            "measured_vph has to say a flow for each road");
  for (const double vph : options.measured_vph) {
    check_one(vph >= 0, "measured_vph has to be 0 or more");
  }
  check_one(options.open_until_s.empty() || options.open_until_s.size() == world.roads().links(),
            "open_until_s has to say a moment for each road");
  for (const double until_s : options.open_until_s) {
    check_one(!std::isnan(until_s), "open_until_s has to be a moment, or infinite");
  }
  for (const std::uint32_t row : options.open_later) {
    check_one(row < world.entities(Kind::shelter).size(), "open_later names no shelter");
  }
}

const traffic::VehicleType& type_of(VehicleKind kind) {
  return traffic::standard_vehicle_types()[static_cast<std::size_t>(kind)];
}

std::string called(const World& world, EntityRef ref) {
  return world.urn(ref) + " (" + world.entity_name(ref) + ")";
}

void check_places(std::vector<EntityRef> places, const World& world) {
  std::ranges::sort(places);
  for (const EntityRef place : places) {
    if (place.row >= world.entities(place.kind).size()) {
      fail("there is no " + std::string(names_of(place.kind).english) + " " +
           std::to_string(place.row));
    }
    if (!world.extent().contains(world.place(place))) {
      fail(called(world, place) + " lies outside the world");
    }
  }
  const auto twice = std::ranges::adjacent_find(places);
  if (twice != places.end()) fail(called(world, *twice) + " is named twice");
}

void check_homes(std::span<const OrderedHome> homes, const World& world) {
  std::vector<EntityRef> places;
  for (const OrderedHome& home : homes) {
    const Kind kind = home.place.kind;
    if (kind != Kind::residence && kind != Kind::lodging && kind != Kind::tourist_site) {
      fail("nobody is planned for in a " + std::string(names_of(kind).english));
    }
    if (!(home.ordered_s >= 0) || std::isinf(home.ordered_s)) {
      fail("a place is ordered to leave before the first order");
    }
    places.push_back(home.place);
  }
  check_places(std::move(places), world);
}

/// What is left of a shelter's places.
std::uint32_t room_of(const World& world, const StateTable& state, std::uint32_t row) {
  const EntityRef ref{Kind::shelter, row};
  const double places = world.entities(Kind::shelter).attribute(shelter_attribute::places, row);
  const double inside = state.at(ref, shelter_column::occupants);
  if (!(places >= 0)) fail(called(world, ref) + " has no number of places that makes sense");
  if (inside < 0) fail(called(world, ref) + " shelters less than nobody");
  if (inside > places) {
    fail(called(world, ref) + " has less than no room: " + std::to_string(std::llround(inside)) +
         " people in " + std::to_string(std::llround(places)) + " places");
  }
  return static_cast<std::uint32_t>(std::min(4e9, places - (inside > 0 ? inside : 0)));
}

/// Puts the people of a place into vehicles as the engine does.
class Seats {
 public:
  Seats(PlanInputs& inputs, const PlanOptions& options, std::uint32_t number,
        std::vector<double>& ready_min)
      : inputs_(inputs), options_(options), number_(number), ready_min_(ready_min) {}

  void take(const Zone& zone, std::span<const Household> households, std::uint32_t engine_number) {
    for (const Household& one : households) {
      if (one.willingness >= options_.households.compliance) {
        at().staying += one.people;
        continue;
      }
      note_ready(one, engine_number);
      if (one.means == Means::coach) {
        if (in_coach_ + one.people > coach_places) coach_leaves();
        in_coach_ += one.people;
      } else {
        for (const Seated& part :
             seated(one, members_of(engine_number, one, options_.households, options_.seed))) {
          put(part);
        }
      }
    }
    coach_leaves();
    at().junction = zone.junction;
  }

 private:
  ZonePeople& at() { return inputs_.zones[number_]; }

  void note_ready(const Household& one, std::uint32_t engine_number) {
    const std::uint64_t key = (std::uint64_t{engine_number} << 32U) | one.number;
    const double hears_min = hears_after_min(options_.households.warning, key, options_.seed);
    // Whom no warning reaches does not leave.
    if (!std::isinf(hears_min)) ready_min_.push_back(hears_min + one.delay_min);
  }
  void put(const Seated& part) {
    if (part.vehicle == Vehicle::none) {
      (part.picked_up ? at().fetched : at().on_foot) += part.people;
    } else {
      drive(part.vehicle == Vehicle::car ? VehicleKind::car : VehicleKind::motorbike, part.people);
    }
  }
  void coach_leaves() {
    if (in_coach_ > 0) drive(VehicleKind::bus, in_coach_);
    in_coach_ = 0;
  }
  void drive(VehicleKind kind, std::uint32_t people) {
    const auto units = static_cast<std::uint32_t>(traffic::car_hundredths(type_of(kind).flow_pcu));
    at().driving += people;
    at().units += units;
    inputs_.vehicles.push_back({people, units, number_});
    inputs_.kinds |= traffic::bit_of(kind);
    inputs_.slowest_mps = std::min(inputs_.slowest_mps, type_of(kind).top_speed_mps);
    inputs_.fastest_mps = std::max(inputs_.fastest_mps, type_of(kind).top_speed_mps);
  }

  PlanInputs& inputs_;
  const PlanOptions& options_;
  std::uint32_t number_;
  std::vector<double>& ready_min_;  // of the households that leave, after the order
  std::uint32_t in_coach_ = 0;
};

/// What a share of them, 0 to below 1, are not above.
double quantile(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  const auto at = std::ceil(share * static_cast<double>(values.size()));
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(std::max(at, 1.0)) - 1;
  std::ranges::nth_element(values, place);
  return *place;
}

void add_homes(PlanInputs& inputs, const World& world, const StateTable& state,
               std::span<const OrderedHome> homes, const PlanOptions& options) {
  // Households are drawn by the numbers that their zones have in the engine.
  const std::vector<Zone> zones = zones_of(world, state, options.households);
  std::map<EntityRef, std::uint32_t> number_of;
  for (std::uint32_t number = 0; number < zones.size(); ++number) {
    number_of.emplace(zones[number].place, number);
  }
  std::vector<double> ready_min;
  for (const OrderedHome& home : homes) {
    ZonePeople people;
    people.home = home.place;
    people.junction = world.junction_of(home.place);
    people.ready_s = home.ordered_s;
    inputs.zones.push_back(people);
    const auto found = number_of.find(home.place);
    if (found == number_of.end()) continue;  // nobody is there
    const std::uint32_t number = found->second;
    const Zone& zone = zones[number];
    const auto households =
        home.place.kind == Kind::residence
            ? households_of(number, zone.at_start,
                            world.entities(Kind::residence)
                                .attribute(residence_attribute::households, home.place.row),
                            options.households, options.seed)
            : visitor_groups_of(number, zone.at_start, options.households, options.seed);
    Seats(inputs, options, static_cast<std::uint32_t>(inputs.zones.size() - 1), ready_min)
        .take(zone, households, number);
  }
  const double prepared_min =
      options.prepared_share > 0 ? quantile(ready_min, options.prepared_share) : 0;
  inputs.spare_s = (prepared_min + options.safety_min) * 60;
}

}  // namespace

std::uint64_t PlanInputs::most_units(std::uint64_t people) const {
  std::uint64_t units = 0;
  for (const OwnVehicle& one : vehicles) {
    // One that does not fit as a whole may still be the one that a room is given to.
    if (people > 0) units += one.units;
    if (people < one.people) break;
    people -= one.people;
  }
  return units;
}

std::uint64_t PlanInputs::least_units(std::uint64_t people) const {
  std::uint64_t units = 0;
  for (auto one = vehicles.rbegin(); one != vehicles.rend() && people >= one->people; ++one) {
    people -= one->people;
    units += one->units;
  }
  return units;
}

std::vector<double> PlanInputs::measured_ps(std::span<const double> vehicles_ph) const {
  double units = 0;
  for (const OwnVehicle& one : vehicles) units += one.units;
  const double each = vehicles.empty() ? 100 : units / double(vehicles.size());
  std::vector<double> units_ps;
  for (const double vph : vehicles_ph) units_ps.push_back(vph * each / 3600);
  return units_ps;
}

double PlanInputs::least_units_each() const {
  return vehicles.empty() ? 1 : double(vehicles.back().units) / vehicles.back().people;
}

void PlanInputs::leave_vehicles(std::uint32_t zone) {
  ZonePeople& one = zones[zone];
  one.on_foot += std::exchange(one.driving, 0);
  one.units = 0;
  std::erase_if(vehicles, [zone](const OwnVehicle& vehicle) { return vehicle.zone == zone; });
}

PlanInputs plan_inputs(const World& world, const StateTable& state,
                       std::span<const OrderedHome> homes, std::span<const std::uint32_t> shelters,
                       const PlanOptions& options) {
  check(options, world);
  check_homes(homes, world);
  std::vector<EntityRef> named;
  for (const std::uint32_t row : shelters) named.push_back({Kind::shelter, row});
  check_places(std::move(named), world);
  PlanInputs inputs;
  inputs.slowest_mps = type_of(VehicleKind::car).top_speed_mps;
  add_homes(inputs, world, state, homes, options);
  if (inputs.kinds == 0) {  // nobody drives; buses do
    inputs.fastest_mps = inputs.slowest_mps;
    inputs.kinds = traffic::bit_of(VehicleKind::bus);
  }
  std::ranges::stable_sort(inputs.vehicles, [](const auto& a, const auto& b) {
    const auto left = std::uint64_t{a.units} * b.people;
    const auto right = std::uint64_t{b.units} * a.people;
    return left != right ? left > right : a.people < b.people;
  });
  const auto add = [&](std::uint32_t row) {
    const std::uint32_t junction = world.junction_of({Kind::shelter, row});
    const std::uint32_t room = room_of(world, state, row);
    // A small shelter keeps a place at least.
    const auto reserve = static_cast<std::uint32_t>(std::ceil(options.room_reserve * room));
    inputs.shelters.push_back({row, junction, room, room - std::min(room, reserve)});
  };
  if (!shelters.empty()) {
    for (const std::uint32_t row : shelters) add(row);
    return inputs;
  }
  const EntityTable& table = world.entities(Kind::shelter);
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    const EntityRef ref{Kind::shelter, row};
    const bool usable = state.at(ref, shelter_column::open) != 0 &&
                        state.at(ref, shelter_column::cut_off) != 1 &&
                        !std::isnan(table.attribute(shelter_attribute::places, row)) &&
                        world.junction_of(ref) != no_row;
    if (usable) add(row);
  }
  return inputs;
}

}  // namespace kontwin::evacuation
