#pragma once

#include <utility>
#include <vector>

#include "tests/support/small_world.hpp"

namespace kontwin::testing {

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

}  // namespace kontwin::testing
