#include <cmath>

#include "scenarios/evacuation/crowd/way_basis.hpp"
#include "scenarios/evacuation/crowd/way_directions.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

constexpr float no_way = std::numeric_limits<float>::infinity();
/// A metre along a wall counts as so many.
constexpr float most_slowness_at_wall = 3;

std::vector<float> slowness_of(const Ground& ground, double body_radius_m,
                               std::span<const float> speed) {
  const GroundGrid& grid = ground.grid();
  std::vector<float> slowness(grid.cells(), no_way);
  const auto radius_m = static_cast<float>(body_radius_m);
  for (std::size_t s = 0; s < grid.sheets.size(); ++s) {
    const WayField::Sheet& sheet = grid.sheets[s];
    const Surface& surface = ground.building().surfaces[s];
    float longer = 1;
    if (surface.kind != Surface::Kind::floor) {
      longer = static_cast<float>(
          std::hypot(1, surface.rise_m / kontwin::distance_m(surface.low, surface.high)));
    }
    const std::size_t end = sheet.begin + std::size_t{sheet.columns} * sheet.rows;
    for (std::size_t cell = sheet.begin; cell < end; ++cell) {
      if (!((*grid.links)[cell] & GroundGrid::walkable)) continue;
      const float factor = speed.empty() ? 1 : speed[cell];
      if (!(factor > 0)) continue;
      const float near = radius_m > 0 ? std::max(0.F, 1 - grid.clearance_m[cell] / radius_m) : 0.F;
      slowness[cell] = longer * (1 + (most_slowness_at_wall - 1) * near) / factor;
    }
  }
  return slowness;
}

}  // namespace

WayBasis::WayBasis(const Ground& on, double radius_m, std::span<const float> speed)
    : ground(on), body_radius_m(radius_m) {
  if (!speed.empty() && speed.size() != ground.grid().cells()) {
    throw ScenarioError("speeds of " + std::to_string(speed.size()) +
                        " cells do not fit a ground of " + std::to_string(ground.grid().cells()));
  }
  if (!(body_radius_m >= 0 && body_radius_m <= 1)) {
    throw ScenarioError("a body radius of " + std::to_string(body_radius_m) + " m");
  }
  slowness = slowness_of(ground, body_radius_m, speed);
  openings = openings_of(cells());
}

WayField way_to(const WayBasis& basis, const Goal& goal) {
  const GroundGrid& grid = basis.ground.grid();
  const std::vector<WaySeed> seeds = seeds_of(basis.cells(), goal);
  WayField field;
  field.sheets = grid.sheets;
  field.links = grid.links;
  field.distance_m = WayMarcher(grid, basis.slowness, basis.openings.bridges).march(seeds);
  // Cells at the goal and before openings, whose distance smoothing must leave alone.
  std::vector<std::uint8_t> held(grid.cells(), 0);
  for (const WaySeed& seed : seeds) held[seed.cell] = 1;
  const WayOpenings::Rows rows = rows_on_the_way(basis.openings, field.distance_m);
  for (const RowAtOpening& row : rows) {
    for (const std::uint32_t cell : row.cells) held[cell] = 1;
  }
  set_directions(field, smoothed_way(field, held, rows), grid.clearance_m,
                 static_cast<float>(basis.body_radius_m));
  turn_off_openings(basis.openings, field);
  return field;
}

WayField way_to(const Ground& ground, const Goal& goal, double body_radius_m,
                std::span<const float> speed) {
  return way_to(WayBasis(ground, body_radius_m, speed), goal);
}

}  // namespace kontwin::crowd
