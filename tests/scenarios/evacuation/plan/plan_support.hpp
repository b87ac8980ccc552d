#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/evacuation/plan/make_plan.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::testing {

inline constexpr std::uint32_t no_shelters[1] = {};
inline const std::span<const std::uint32_t> any_shelter(no_shelters, 0);

/// Residences that are ordered to leave at once.
inline std::vector<OrderedHome> homes_at(const std::vector<std::uint32_t>& rows) {
  std::vector<OrderedHome> homes;
  for (const std::uint32_t row : rows) homes.push_back({{Kind::residence, row}, 0});
  return homes;
}

inline std::vector<OrderedHome> all_homes(const World& world) {
  std::vector<std::uint32_t> rows(world.entities(Kind::residence).size());
  std::iota(rows.begin(), rows.end(), 0U);
  return homes_at(rows);
}

/// Everybody leaves, and nobody has to be fetched.
inline PlanOptions for_all() {
  PlanOptions options;
  options.households.compliance = 1;
  options.households.wheelchair_share = 0;
  options.room_reserve = 0;
  options.prepared_share = 0;
  options.safety_min = 0;
  return options;
}

inline std::map<std::uint32_t, std::uint32_t> people_by_shelter(const EvacuationPlan& plan) {
  std::map<std::uint32_t, std::uint32_t> people;
  for (const auto& one : plan.assignments) people[one.shelter] += one.people;
  return people;
}

/// Homes, a road of 1 km, a narrow bridge, another road, a shelter; and all of it back.
inline WorldParts valley_parts(double people, double places, double bridge_vph = 300) {
  WorldParts parts = empty_parts(100, 10);
  for (const double x_m : {0.0, 1000.0, 1200.0, 3000.0}) junction(parts, {x_m, 100});
  for (std::uint32_t at = 0; at < 3; ++at) {
    const double vph = at == 1 ? bridge_vph : 1800;
    const std::uint32_t there = link(parts, at, at + 1, 10, vph);
    const std::uint32_t back = link(parts, at + 1, at, 10, vph);
    parts.roads.opposite[there] = back;
    parts.roads.opposite[back] = there;
  }
  const auto add = [&](Kind kind, const char* name, LocalPoint place,
                       std::vector<double> attributes) {
    EntityRecord record;
    record.urn = make_urn(kind, name);
    record.name = name;
    record.place = place;
    record.attributes = std::move(attributes);
    parts.add(kind, std::move(record));
  };
  add(Kind::residence, "hamlet", {0, 100}, {people, people / 4, 0});
  add(Kind::shelter, "school", {3000, 100}, {places, 3});
  return parts;
}

/// A school before the bridge of the valley, and one behind it.
inline std::shared_ptr<const World> two_schools(double near_places, double far_places) {
  WorldParts parts = valley_parts(400, far_places);
  EntityRecord record;
  record.urn = make_urn(Kind::shelter, "near");
  record.place = {1000, 100};
  record.attributes = {near_places, 1};
  parts.add(Kind::shelter, std::move(record));
  return World::seal(std::move(parts));
}

}  // namespace kontwin::testing
