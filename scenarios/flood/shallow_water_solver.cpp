#include "scenarios/flood/shallow_water_solver.hpp"

#include <cmath>
#include <string>

#include "twin/place_error.hpp"

namespace kontwin::flood {

void ShallowWaterSolver::copy_speeds(std::span<float> speed_mps) const {
  std::vector<float> north_mps(speed_mps.size());
  copy_velocities(speed_mps, north_mps);
  for (std::size_t cell = 0; cell < speed_mps.size(); ++cell) {
    speed_mps[cell] = std::hypot(speed_mps[cell], north_mps[cell]);
  }
}

void check_ground(const TerrainGrid& terrain) {
  const GridShape& grid = terrain.elevation_m.shape;
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    const float height_m = terrain.elevation_m.values[cell];
    const float n = terrain.manning_n.values[cell];
    if (std::isfinite(height_m) && std::isfinite(n) && n >= 0) continue;
    throw PlaceError("flood: grid '" + terrain.name + "' has no height or roughness",
                     grid.center(cell % grid.columns, cell / grid.columns));
  }
}

bool at_edge(const GridShape& grid, std::size_t cell, GridSide side) {
  switch (side) {
    case GridSide::west:
      return cell % grid.columns == 0;
    case GridSide::east:
      return cell % grid.columns + 1 == grid.columns;
    case GridSide::south:
      return cell < grid.columns;
    case GridSide::north:
      return cell / grid.columns + 1 == grid.rows;
  }
  return false;
}

}  // namespace kontwin::flood
