// People over whom a blockage appears: a fire, a fallen wall, a closed stretch.

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "scenarios/evacuation/crowd/crowd_run.hpp"
#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"

namespace kontwin::crowd {

namespace {

/// Whoever has farther to go than this is caught under what appears.
constexpr double step_out_m = 3;

using Cells = std::unordered_set<std::size_t>;

/// The nearest free place that a body at `from` gets to in a straight line without passing a border
/// of the surface, and that nobody else took.
std::optional<LocalPoint> free_ground_near(const Ground& ground, std::uint32_t surface,
                                           LocalPoint from, float radius_m, Cells& taken) {
  const GroundGrid& grid = ground.grid();
  const WayField::Sheet& sheet = grid.sheets[surface];
  const LocalPoint origin = ground.origin();
  const Polygon& shape = ground.building().surfaces[surface].shape;
  const auto index = [&sheet](double at_m, double first_m, std::uint32_t count) {
    const double i = std::round((at_m - first_m) * static_cast<double>(sheet.per_m));
    return static_cast<std::uint32_t>(std::clamp(i, 0.0, static_cast<double>(count - 1)));
  };
  const double x_m = from.x_m - origin.x_m, y_m = from.y_m - origin.y_m;
  std::vector<std::pair<double, std::size_t>> near;
  const std::uint32_t right = index(x_m + step_out_m, sheet.x0_m, sheet.columns);
  const std::uint32_t top = index(y_m + step_out_m, sheet.y0_m, sheet.rows);
  const auto centre = [&](std::size_t cell) {
    const std::size_t at = cell - sheet.begin;
    return LocalPoint{
        origin.x_m + sheet.x0_m + static_cast<double>(at % sheet.columns) / sheet.per_m,
        origin.y_m + sheet.y0_m + static_cast<double>(at / sheet.columns) / sheet.per_m};
  };
  for (std::uint32_t j = index(y_m - step_out_m, sheet.y0_m, sheet.rows); j <= top; ++j) {
    for (std::uint32_t i = index(x_m - step_out_m, sheet.x0_m, sheet.columns); i <= right; ++i) {
      const std::size_t cell = sheet.begin + std::size_t{j} * sheet.columns + i;
      if (!((*grid.links)[cell] & GroundGrid::walkable) || grid.clearance_m[cell] < radius_m)
        continue;
      const double away_m = kontwin::distance_m(from, centre(cell));
      if (away_m <= step_out_m && !taken.contains(cell)) near.emplace_back(away_m, cell);
    }
  }
  std::ranges::sort(near);
  for (const auto& [away_m, cell] : near) {
    const Segment line{from, centre(cell)};
    bool seen = true;
    for_each_edge(shape, [&](const Segment& edge) { seen = seen && !crosses(edge, line); });
    if (!seen) continue;
    taken.insert(cell);
    return line.b;
  }
  return std::nullopt;
}

}  // namespace

void CrowdSimulation::Impl::clear_blockages() {
  const Building& building = ground.building();
  const LocalPoint origin = ground.origin();
  Pedestrians& rows = motion.people;
  Cells taken;
  for (std::uint32_t i = 0; i < building.blockages.size(); ++i) {
    const Blockage& blockage = building.blockages[i];
    if (!ground.is_blocked(i)) continue;
    keep.assign(rows.count(), 1);
    for (std::size_t row = 0; row < rows.count(); ++row) {
      const std::uint32_t person = rows.person[row];
      if (rows.surface[row] != blockage.surface || state.now[person].status == Status::out)
        continue;
      const LocalPoint here{static_cast<double>(rows.x_m[row]) + origin.x_m,
                            static_cast<double>(rows.y_m[row]) + origin.y_m};
      if (!contains(blockage.shape, here)) continue;
      const auto there =
          free_ground_near(ground, blockage.surface, here, rows.radius_m[row], taken);
      if (there) {
        step_out(row, *there);
      } else {
        keep[row] = 0;
      }
    }
    take_out_caught(i);
  }
}

void CrowdSimulation::Impl::step_out(std::size_t row, LocalPoint to) {
  Pedestrians& rows = motion.people;
  const std::uint32_t person = rows.person[row];
  PersonNow& now = state.now[person];
  const auto x = static_cast<float>(to.x_m - ground.origin().x_m);
  const auto y = static_cast<float>(to.y_m - ground.origin().y_m);
  const float way_m = std::hypot(x - rows.x_m[row], y - rows.y_m[row]);
  rows.x_m[row] = x;
  rows.y_m[row] = y;
  rows.z_m[row] = ground.height(rows.surface[row], x, y);
  rows.vx_mps[row] = rows.vy_mps[row] = 0;
  now.walked_m += way_m;
  // It takes as long as the way does, and whoever still waited sets out.
  now.stop_until_s =
      std::max(now.stop_until_s, static_cast<float>(now_s()) + way_m / now.speed_mps);
  if (now.status == Status::waiting) {
    state.sets_out_s[person] = std::min(state.sets_out_s[person], now_s());
  }
}

void CrowdSimulation::Impl::take_out_caught(std::uint32_t blockage) {
  Pedestrians& rows = motion.people;
  const LocalPoint origin = ground.origin();
  bool anybody = false;
  for (std::size_t row = 0; row < rows.count(); ++row) {
    if (keep[row] != 0) continue;
    anybody = true;
    const std::uint32_t person = rows.person[row];
    state.now[person].status = Status::caught;
    state.caught_by[person] = blockage;
    state.ended_s[person] = now_s();
    state.surface[person] = rows.surface[row];
    state.last_place[person] = {static_cast<double>(rows.x_m[row]) + origin.x_m,
                                static_cast<double>(rows.y_m[row]) + origin.y_m};
  }
  if (!anybody) return;
  rows.keep_only(keep);
  motion.sort();
  find_rows();
}

}  // namespace kontwin::crowd
