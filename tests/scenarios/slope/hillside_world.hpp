#pragma once

#include <memory>

#include "scenarios/slope/ground_class.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::testing {

/// A hillside that rises 40° to the north over a road both ways along y = 1000 m, and below it a
/// second road along y = 940 m; a third runs over the plain in the south.
inline WorldParts hillside_parts() {
  WorldParts parts = empty_parts(100, 100, 20, 0);
  auto terrain = std::make_shared<Terrain>(*parts.terrain);
  auto& ground = terrain->grids[0].elevation_m;
  for (std::size_t row = 0; row < 100; ++row) {
    for (std::size_t column = 0; column < 100; ++column) {
      const double y_m = ground.shape.center(column, row).y_m;
      ground.at(column, row) = static_cast<float>(600 + 0.84 * std::max(0.0, y_m - 900));
    }
  }
  parts.terrain = std::move(terrain);
  for (const double y_m : {1000.0, 940.0, 300.0}) {
    const auto west = junction(parts, {800, y_m});
    const auto east = junction(parts, {1200, y_m});
    const auto there = link(parts, west, east);
    const auto back = link(parts, east, west);
    parts.roads.opposite[there] = back;
    parts.roads.opposite[back] = there;
    for (const auto road : {there, back}) {
      parts.entities[index_of(Kind::road)].attributes[road_attribute::road_class][road] =
          static_cast<double>(RoadClass::national);
    }
  }
  return parts;
}

}  // namespace kontwin::testing
