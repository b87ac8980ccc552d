#include "scenarios/slope/hillside.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace kontwin::slope {

namespace {

constexpr double along_step_m = 50;
constexpr std::array away_m{-100.0, -70.0, -40.0, 0.0, 40.0, 70.0, 100.0};

LocalPoint gradient(const Terrain& terrain, LocalPoint point) {
  const double cell_m = terrain.finest_at(point).elevation_m.shape.cell_m;
  const auto height_m = [&](double dx_m, double dy_m) {
    return terrain.elevation_m({point.x_m + dx_m, point.y_m + dy_m});
  };
  return {(height_m(cell_m, 0) - height_m(-cell_m, 0)) / (2 * cell_m),
          (height_m(0, cell_m) - height_m(0, -cell_m)) / (2 * cell_m)};
}

double degrees(LocalPoint rise) {
  return std::atan(std::hypot(rise.x_m, rise.y_m)) * 180 / std::numbers::pi;
}

}  // namespace

double slope_deg(const Terrain& terrain, LocalPoint point) {
  return degrees(gradient(terrain, point));
}

Hillside hillside_of(const World& world, std::uint32_t road) {
  Hillside side;
  const auto line = world.roads().shape_of(road);
  const auto road_class = static_cast<RoadClass>(
      static_cast<int>(world.entities(Kind::road).attribute(road_attribute::road_class, road)));
  if (line.size() < 2 || road_class == RoadClass::street || road_class == RoadClass::residential) {
    return side;
  }
  const double long_m = length_m(line);
  const auto steps = static_cast<int>(std::ceil(long_m / along_step_m));
  for (int step = 0; step <= steps; ++step) {
    const double at_m = long_m * step / std::max(steps, 1);
    const LocalPoint foot = point_along(line, at_m);
    const LocalPoint ahead = point_along(line, std::min(long_m, at_m + 5));
    const LocalPoint behind = point_along(line, std::max(0.0, at_m - 5));
    const double apart_m = std::max(distance_m(ahead, behind), 1e-9);
    const LocalPoint across{-(ahead.y_m - behind.y_m) / apart_m,
                            (ahead.x_m - behind.x_m) / apart_m};
    for (const double offset_m : away_m) {
      const LocalPoint point{foot.x_m + offset_m * across.x_m, foot.y_m + offset_m * across.y_m};
      const LocalPoint rise = gradient(world.terrain(), point);
      const double steepness = degrees(rise);
      if (steepness <= side.slope_deg) continue;
      const double size = std::hypot(rise.x_m, rise.y_m);
      side = {steepness, foot, {rise.x_m / size, rise.y_m / size}};
    }
  }
  return side;
}

}  // namespace kontwin::slope
