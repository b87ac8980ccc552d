#include "scenarios/evacuation/crowd/way_cells.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kontwin::crowd {

namespace {

/// Surfaces over one another are twice as far apart or more.
constexpr float half_storey_m = 1;

}  // namespace

LocalPoint WayCells::centre(std::uint32_t surface, std::size_t cell) const {
  const WayField::Sheet& on = sheet(surface);
  const std::size_t row = (cell - on.begin) / on.columns;
  const std::size_t column = (cell - on.begin) % on.columns;
  return {on.x0_m + static_cast<double>(column) / on.per_m,
          on.y0_m + static_cast<double>(row) / on.per_m};
}

Segment WayCells::passable_part(const Segment& gap) const {
  const double share = std::min(0.5, body_radius_m / std::max(gap.length_m(), 1e-9));
  return {gap.at(share), gap.at(1 - share)};
}

std::vector<std::size_t> WayCells::near(std::uint32_t surface, const LocalBox& box,
                                        double reach_m) const {
  const WayField::Sheet& on = sheet(surface);
  const auto index = [&on](double at_m, double from_m, std::uint32_t count) {
    const double i = std::floor((at_m - from_m) * on.per_m);
    return static_cast<std::size_t>(std::clamp(i, 0.0, static_cast<double>(count - 1)));
  };
  std::vector<std::size_t> cells;
  const auto right = index(box.max_x_m + reach_m, on.x0_m, on.columns);
  const auto top = index(box.max_y_m + reach_m, on.y0_m, on.rows);
  for (auto j = index(box.min_y_m - reach_m, on.y0_m, on.rows); j <= top; ++j) {
    for (auto i = index(box.min_x_m - reach_m, on.x0_m, on.columns); i <= right; ++i) {
      const std::size_t cell = on.begin + j * on.columns + i;
      if (slowness[cell] < std::numeric_limits<float>::infinity()) cells.push_back(cell);
    }
  }
  return cells;
}

std::vector<Segment> WayCells::walls_near(std::uint32_t surface, const LocalBox& box,
                                          double reach_m) const {
  const Walls& walls = ground.walls();
  const auto z_m = ground.height(surface, static_cast<float>((box.min_x_m + box.max_x_m) / 2),
                                 static_cast<float>((box.min_y_m + box.max_y_m) / 2));
  std::vector<Segment> near;
  const auto apart = [&box, reach_m](LocalPoint a, LocalPoint b) {
    const auto [left, right] = std::minmax(a.x_m, b.x_m);
    const auto [bottom, top] = std::minmax(a.y_m, b.y_m);
    return right < box.min_x_m - reach_m || left > box.max_x_m + reach_m ||
           top < box.min_y_m - reach_m || bottom > box.max_y_m + reach_m;
  };
  for (const Segment& slit : ground.grid().slits[surface]) {
    if (!apart(slit.a, slit.b)) near.push_back(slit);
  }
  for (std::size_t i = 0; i < walls.size(); ++i) {
    const LocalPoint a{walls.ax_m[i], walls.ay_m[i]}, b{walls.bx_m[i], walls.by_m[i]};
    const auto [low, high] = std::minmax(walls.az_m[i], walls.bz_m[i]);
    if (apart(a, b) || low > z_m + half_storey_m || high < z_m - half_storey_m) continue;
    near.push_back({a, b});
  }
  return near;
}

bool sees(const std::vector<Segment>& walls, const Segment& line) {
  return std::ranges::none_of(walls, [&line](const Segment& wall) { return crosses(wall, line); });
}

LocalBox box_of(const Segment& s) {
  return {std::min(s.a.x_m, s.b.x_m), std::min(s.a.y_m, s.b.y_m), std::max(s.a.x_m, s.b.x_m),
          std::max(s.a.y_m, s.b.y_m)};
}

}  // namespace kontwin::crowd
