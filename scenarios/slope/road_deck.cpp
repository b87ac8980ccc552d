#include "scenarios/slope/road_deck.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::slope {

double deck_m(const World& world, std::uint32_t road, const Raster<float>& ground_m,
              const Foot& foot) {
  const EntityTable& roads = world.entities(Kind::road);
  const double height_m = roads.attribute(road_attribute::deck_height_m, road);
  const double over_m = std::isfinite(height_m) ? std::max(0.0, height_m) : 0;
  const auto line = world.roads().shape_of(road);
  if (roads.attribute(road_attribute::bridge, road) != 1) {
    return interpolate(ground_m, foot.point) + over_m;
  }
  const double whole_m = std::max(length_m(line), 1e-9);
  return std::lerp(interpolate(ground_m, line.front()), interpolate(ground_m, line.back()),
                   foot.along_m / whole_m) +
         over_m;
}

void raise_deck(const World& world, std::uint32_t road, WaterWindow& water) {
  const auto line = world.roads().shape_of(road);
  const GridShape shape = water.ground_m.shape;
  const Raster<float> ground_m = water.ground_m;
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const Foot foot = nearest_on(line, shape.center(column, row));
      if (foot.distance_m > shape.cell_m) continue;
      const auto deck = static_cast<float>(deck_m(world, road, ground_m, foot));
      const float ground = water.ground_m.at(column, row);
      if (deck <= ground) continue;
      float& depth = water.depth_m.at(column, row);
      depth = std::max(0.0F, ground + depth - deck);
      water.ground_m.at(column, row) = deck;
    }
  }
}

std::optional<LocalPoint> crossing(LocalPoint a, LocalPoint b, std::span<const LocalPoint> line) {
  const double x = b.x_m - a.x_m, y = b.y_m - a.y_m;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double u = line[i].x_m - line[i - 1].x_m, v = line[i].y_m - line[i - 1].y_m;
    const double turned = x * v - y * u;
    if (turned == 0) continue;
    const double dx = line[i - 1].x_m - a.x_m, dy = line[i - 1].y_m - a.y_m;
    const double along = (dx * v - dy * u) / turned, across = (dx * y - dy * x) / turned;
    if (along < 0 || along > 1 || across < 0 || across > 1) continue;
    return LocalPoint{a.x_m + along * x, a.y_m + along * y};
  }
  return std::nullopt;
}

}  // namespace kontwin::slope
