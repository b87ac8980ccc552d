#include "scenarios/evacuation/crowd/way_book.hpp"

#include <algorithm>

#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"

namespace kontwin::crowd {

namespace {

constexpr double foot_radius_m = 0.05, wheels_radius_m = 0.35;

/// No way leads through the cells of a line across a passage.
void close_along(const Segment& line, LocalPoint origin, const WayField::Sheet& sheet,
                 std::vector<float>& factors) {
  // A step from cell to cell that crosses the line begins or ends so near to it.
  const double reach_m = 0.75 / sheet.per_m;
  const auto index = [&sheet](double at_m, double from_m, std::uint32_t count) {
    const double i = std::round((at_m - from_m) * static_cast<double>(sheet.per_m));
    return static_cast<std::uint32_t>(std::clamp(i, 0.0, static_cast<double>(count - 1)));
  };
  const Segment local{{line.a.x_m - origin.x_m, line.a.y_m - origin.y_m},
                      {line.b.x_m - origin.x_m, line.b.y_m - origin.y_m}};
  const auto [left, right] = std::minmax(local.a.x_m, local.b.x_m);
  const auto [bottom, top] = std::minmax(local.a.y_m, local.b.y_m);
  const std::uint32_t last_column = index(right + reach_m, sheet.x0_m, sheet.columns);
  const std::uint32_t last_row = index(top + reach_m, sheet.y0_m, sheet.rows);
  for (auto j = index(bottom - reach_m, sheet.y0_m, sheet.rows); j <= last_row; ++j) {
    for (auto i = index(left - reach_m, sheet.x0_m, sheet.columns); i <= last_column; ++i) {
      const LocalPoint centre{
          static_cast<double>(sheet.x0_m) + i / static_cast<double>(sheet.per_m),
          static_cast<double>(sheet.y0_m) + j / static_cast<double>(sheet.per_m)};
      if (distance_m(local, centre) < reach_m) {
        factors[sheet.begin + std::size_t{j} * sheet.columns + i] = 0;
      }
    }
  }
}

std::vector<float> factors_for_wheels(const Ground& ground, std::span<const float> water) {
  const GroundGrid& grid = ground.grid();
  std::vector<float> factors(grid.cells(), 1.0F);
  if (!water.empty()) factors.assign(water.begin(), water.end());
  const Building& building = ground.building();
  for (std::uint32_t s = 0; s < building.surfaces.size(); ++s) {
    const WayField::Sheet& sheet = grid.sheets[s];
    const std::size_t end = sheet.begin + std::size_t{sheet.columns} * sheet.rows;
    if (building.surfaces[s].kind == Surface::Kind::stairs) {
      std::fill(factors.begin() + sheet.begin, factors.begin() + static_cast<std::ptrdiff_t>(end),
                0.0F);
      continue;
    }
    // The cells in the middle of a passage of just this width lie off it by half a cell.
    const auto least_m = static_cast<float>(wheels_radius_m) - 0.75F / sheet.per_m;
    for (std::size_t cell = sheet.begin; cell < end; ++cell) {
      if (grid.clearance_m[cell] < least_m) factors[cell] = 0;
    }
    Polygon shape = building.surfaces[s].shape;
    for (std::size_t b = 0; b < building.blockages.size(); ++b) {
      if (building.blockages[b].surface == s && ground.is_blocked(static_cast<std::uint32_t>(b))) {
        shape.holes.push_back(building.blockages[b].shape.outer);
      }
    }
    for (const Segment& passage : passages_below(shape, 2 * wheels_radius_m - 1e-3)) {
      close_along(passage, ground.origin(), sheet, factors);
    }
  }
  return factors;
}

}  // namespace

void WayBook::renew(const Ground& ground, std::span<const float> water, ComputeArena& arena) {
  bases_.clear();
  bases_.emplace_back(ground, foot_radius_m, water);
  if (wheels_) bases_.emplace_back(ground, wheels_radius_m, factors_for_wheels(ground, water));
  fields_.resize(goals_.size() * bases_.size());
  arena.for_each_part(fields_.size(), [&](std::size_t part) {
    fields_[part] = way_to(basis_at(part), goal_at(part));
  });
}

std::vector<WayField> ways_for_wheels(const Ground& ground) {
  const WayBasis basis(ground, wheels_radius_m, factors_for_wheels(ground, {}));
  std::vector<WayField> ways;
  for (std::uint32_t exit = 0; exit < ground.building().exits.size(); ++exit) {
    ways.push_back(way_to(basis, {Goal::Kind::exit, exit, 0, {}}));
  }
  return ways;
}

}  // namespace kontwin::crowd
