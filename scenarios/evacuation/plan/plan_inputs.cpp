#include "scenarios/evacuation/plan/plan_inputs.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "scenarios/evacuation/households.hpp"
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
  check_one(options.boarding_min >= 0 && options.boarding_min <= 1e4,
            "boarding_min has to be 0 or more");
  check_one(options.contraflow_km >= 0, "contraflow_km has to be 0 or more");
  check_one(options.closes_s.empty() || options.closes_s.size() == world.roads().links(),
            "closes_s has to say a moment for each road");
  for (const double closes_s : options.closes_s) {
    check_one(!std::isnan(closes_s), "closes_s has to be a moment, or infinite");
  }
}

const traffic::VehicleType& type_of(VehicleKind kind) {
  return traffic::standard_vehicle_types()[static_cast<std::size_t>(kind)];
}

std::string called(const World& world, EntityRef ref) {
  return world.urn(ref) + " (" + world.entity_name(ref) + ")";
}

void check_rows(std::span<const std::uint32_t> rows, Kind kind, const World& world) {
  const std::string what(names_of(kind).english);
  std::vector<std::uint32_t> sorted(rows.begin(), rows.end());
  std::ranges::sort(sorted);
  if (!sorted.empty() && sorted.back() >= world.entities(kind).size()) {
    fail("there is no " + what + " " + std::to_string(sorted.back()));
  }
  const auto twice = std::ranges::adjacent_find(sorted);
  if (twice != sorted.end()) fail(called(world, {kind, *twice}) + " is named twice");
  for (const std::uint32_t row : rows) {
    if (!world.extent().contains(world.place({kind, row}))) {
      fail(called(world, {kind, row}) + " lies outside the world");
    }
  }
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

/// Puts a household into vehicles as the engine does.
void seat(const Household& household, ZonePeople& zone, PlanInputs& inputs) {
  std::uint32_t left = household.people;
  const auto drive = [&](VehicleKind kind, std::uint32_t places) {
    const std::uint32_t people = std::min(left, places);
    const auto units = static_cast<std::uint32_t>(traffic::car_hundredths(type_of(kind).flow_pcu));
    zone.driving += people;
    zone.units += units;
    inputs.vehicles.emplace_back(people, units);
    inputs.kinds |= traffic::bit_of(kind);
    inputs.slowest_mps = std::min(inputs.slowest_mps, type_of(kind).top_speed_mps);
    inputs.fastest_mps = std::max(inputs.fastest_mps, type_of(kind).top_speed_mps);
    left -= people;
  };
  if (household.means == Means::on_foot) {
    zone.on_foot += left;
    return;
  }
  if (household.means == Means::car) drive(VehicleKind::car, car_places);
  while (left > 0) drive(VehicleKind::motorbike, motorbike_places);
}

}  // namespace

std::uint64_t PlanInputs::most_units(std::uint64_t people) const {
  std::uint64_t units = 0;
  for (const auto& [of_one, units_of_one] : vehicles) {
    if (people < of_one) break;
    people -= of_one;
    units += units_of_one;
  }
  // A vehicle that does not fit as a whole may still be the one that a room is given to.
  return people > 0 && !vehicles.empty() ? units + 100 : units;
}

std::uint64_t PlanInputs::least_units(std::uint64_t people) const {
  std::uint64_t units = 0;
  for (auto one = vehicles.rbegin(); one != vehicles.rend() && people >= one->first; ++one) {
    people -= one->first;
    units += one->second;
  }
  return units;
}

double PlanInputs::least_units_each() const {
  return vehicles.empty() ? 1 : double(vehicles.back().second) / vehicles.back().first;
}

PlanInputs plan_inputs(const World& world, const StateTable& state,
                       std::span<const std::uint32_t> residences,
                       std::span<const std::uint32_t> shelters, const PlanOptions& options) {
  check(options, world);
  check_rows(residences, Kind::residence, world);
  check_rows(shelters, Kind::shelter, world);
  PlanInputs inputs;
  inputs.slowest_mps = type_of(VehicleKind::car).top_speed_mps;
  const EntityTable& homes = world.entities(Kind::residence);
  for (const std::uint32_t row : residences) {
    const double home = state.at({Kind::residence, row}, residence_column::people_home);
    ZonePeople zone;
    zone.residence = row;
    zone.junction = world.junction_of({Kind::residence, row});
    const auto people = home > 0 ? static_cast<std::uint64_t>(std::llround(home)) : 0;
    for (const Household& household :
         households_of(row, people, homes.attribute(residence_attribute::households, row),
                       options.households, options.seed)) {
      seat(household, zone, inputs);
    }
    inputs.zones.push_back(zone);
  }
  if (inputs.kinds == 0) {  // nobody drives; buses do
    inputs.fastest_mps = inputs.slowest_mps;
    inputs.kinds = traffic::bit_of(VehicleKind::bus);
  }
  std::ranges::sort(inputs.vehicles, [](const auto& a, const auto& b) {
    const auto left = std::uint64_t{a.second} * b.first;
    const auto right = std::uint64_t{b.second} * a.first;
    return left != right ? left > right : a < b;
  });
  const auto add = [&](std::uint32_t row) {
    const std::uint32_t junction = world.junction_of({Kind::shelter, row});
    inputs.shelters.push_back({row, junction, room_of(world, state, row)});
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
