#include "scenarios/evacuation/crowd/way_directions.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/crowd/ground_grid.hpp"

namespace kontwin::crowd {

namespace {

constexpr float no_way = std::numeric_limits<float>::infinity();

/// The component of the way along one axis: down the slope of the distances of the neighbours that
/// can be walked to; the middle where it goes one way, the lower one where both lie lower.
float descent(const WayField& field, const std::vector<float>& height, std::size_t cell,
              std::size_t step, std::uint8_t back_bit, std::uint8_t forth_bit) {
  const float here_m = height[cell];
  const auto look = [&](std::size_t next, std::uint8_t bit) {
    return (*field.links)[cell] & bit ? height[next] : no_way;
  };
  const float back_m = look(cell - step, back_bit), forth_m = look(cell + step, forth_bit);
  const bool back = back_m < no_way, forth = forth_m < no_way;
  if (back && forth) {
    const bool one_way = (back_m - here_m) * (forth_m - here_m) <= 0;
    if (one_way) return 0.5F * (back_m - forth_m);
    if (back_m > here_m) return 0;  // a hollow: the goal itself
    return back_m < forth_m ? back_m - here_m : here_m - forth_m;
  }
  if (back) return back_m - here_m;
  if (forth) return here_m - forth_m;
  return 0;
}

/// Where the slope is less than `least` there is no direction.
WayField::Direction downhill(const WayField& field, const std::vector<float>& height,
                             std::size_t cell, std::size_t columns, float least) {
  const float x = descent(field, height, cell, 1, GroundGrid::west, GroundGrid::east);
  const float y = descent(field, height, cell, columns, GroundGrid::south, GroundGrid::north);
  const float length = std::sqrt(x * x + y * y);
  if (length < least) return {0, 0};
  return {x / length, y / length};
}

}  // namespace

void set_directions(WayField& field, const std::vector<float>& smoothed,
                    std::span<const float> clearance_m, float near_m) {
  // Where smoothing leaves next to no slope, its direction is chance.
  constexpr float clearly = 0.1F, least_slope = 0.1F;
  field.way.assign(field.distance_m.size(), {0, 0});
  for (const WayField::Sheet& sheet : field.sheets) {
    const std::size_t end = sheet.begin + std::size_t{sheet.columns} * sheet.rows;
    const float least = least_slope / sheet.per_m;
    for (std::size_t cell = sheet.begin; cell < end; ++cell) {
      if (!(field.distance_m[cell] < no_way) || field.distance_m[cell] <= 0) continue;
      WayField::Direction way = downhill(field, field.distance_m, cell, sheet.columns, 1e-6F);
      const WayField::Direction easy = downhill(field, smoothed, cell, sheet.columns, least);
      if (clearance_m[cell] >= near_m && easy.x * way.x + easy.y * way.y > clearly) way = easy;
      field.way[cell] = way;
    }
  }
}

WayField::Direction straight_direction(const WayField& field, std::size_t cell) {
  if (!(field.distance_m[cell] < no_way) || field.distance_m[cell] <= 0) return {0, 0};
  const auto after = std::ranges::upper_bound(field.sheets, cell, {}, &WayField::Sheet::begin);
  return downhill(field, field.distance_m, cell, (after - 1)->columns, 1e-6F);
}

void set_straight_directions(WayField& field) {
  field.way.assign(field.distance_m.size(), {0, 0});
  for (const WayField::Sheet& sheet : field.sheets) {
    const std::size_t end = sheet.begin + std::size_t{sheet.columns} * sheet.rows;
    for (std::size_t cell = sheet.begin; cell < end; ++cell) {
      if (!(field.distance_m[cell] < no_way) || field.distance_m[cell] <= 0) continue;
      field.way[cell] = downhill(field, field.distance_m, cell, sheet.columns, 1e-6F);
    }
  }
}

}  // namespace kontwin::crowd
