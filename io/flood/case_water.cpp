#include "io/flood/case_water.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "scenarios/flood/line_faces.hpp"
#include "scenarios/time_series.hpp"
#include "twin/place_error.hpp"

namespace kontwin::flood {

namespace {

std::optional<double> depth_of(const InitialWater& water, LocalPoint at, double ground_m) {
  if (!water.inside.empty() && !kontwin::inside(water.inside, at)) return std::nullopt;
  double value_m = water.value_m;
  if (!water.raster.values.empty()) {
    if (!water.raster.shape.contains(at)) return std::nullopt;
    value_m = water.raster.values[water.raster.shape.cell_of(at)];
    if (std::isnan(value_m)) return std::nullopt;
  }
  return water.told == InitialWater::Told::level ? std::max(value_m - ground_m, 0.0) : value_m;
}

/// One of the grids of a water by itself.
const NestableSolver& grid_of(ShallowWaterSolver& water, std::size_t number) {
  return dynamic_cast<const NestableSolver&>(water.grid(number));
}

std::size_t finest_at(ShallowWaterSolver& water, LocalPoint at) {
  std::size_t number = water.grids() - 1;
  while (number > 0 && !water.grid(number).shape().contains(at)) --number;
  return number;
}

}  // namespace

std::vector<std::size_t> outside_cells(const FloodCase& flood_case, const FloodGrids& grids) {
  std::vector<std::size_t> cells;
  for (std::size_t number = 0; number < grids.size(); ++number) {
    const GridShape& own = flood_case.terrain.grids[number].elevation_m.shape;
    const std::vector<char>& outside = flood_case.outside[number];
    if (std::ranges::none_of(outside, [](char is) { return is != 0; })) continue;
    const GridShape& shape = grids.shape(number);
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
      if (outside[own.cell_of(at)] != 0) cells.push_back(grids.first_cell(number) + cell);
    }
  }
  return cells;
}

FloodOptions with_initial_water(const FloodCase& flood_case, const World& world) {
  FloodOptions options = flood_case.options;
  if (flood_case.initial.empty()) return options;
  const FloodGrids grids(world, options);
  options.initial_depth_m.assign(grids.cells(), 0);
  for (std::size_t number = 0; number < grids.size(); ++number) {
    const Raster<float>& ground = grids.grid(number).elevation_m;
    const GridShape& shape = ground.shape;
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
      float& depth_m = options.initial_depth_m[grids.first_cell(number) + cell];
      for (const InitialWater& water : flood_case.initial) {
        const auto given_m = depth_of(water, at, static_cast<double>(ground.values[cell]));
        if (given_m) depth_m = static_cast<float>(*given_m);
      }
      if (depth_m <= 100) continue;
      throw PlaceError("the initial water is " + std::to_string(depth_m) + " m deep", at,
                       "it may be 100 m at most");
    }
  }
  for (const std::size_t cell : outside_cells(flood_case, grids)) options.initial_depth_m[cell] = 0;
  return options;
}

void build_walls(const FloodCase& flood_case, ShallowWaterSolver& water) {
  for (const CaseWall& wall : flood_case.walls) {
    std::vector<double> along_m{0};
    for (std::size_t i = 1; i < wall.line.size(); ++i) {
      along_m.push_back(along_m.back() + distance_m(wall.line[i - 1], wall.line[i]));
    }
    for (const LineFace& face : faces_across(wall.line, water.shape())) {
      const auto upper = std::ranges::upper_bound(along_m, face.along_m) - along_m.begin();
      const auto after = static_cast<std::size_t>(
          std::clamp<std::ptrdiff_t>(upper, 1, static_cast<std::ptrdiff_t>(along_m.size()) - 1));
      const double piece_m = along_m[after] - along_m[after - 1];
      const double share =
          piece_m > 0 ? std::clamp((face.along_m - along_m[after - 1]) / piece_m, 0.0, 1.0) : 0;
      const double top_m = std::lerp(wall.top_m[after - 1], wall.top_m[after], share);
      if (face.at_left) {
        water.wall_at_left(face.cell, top_m);
      } else {
        water.wall_below(face.cell, top_m);
      }
    }
  }
}

CaseSources::CaseSources(const FloodCase& flood_case, ShallowWaterSolver& water)
    : case_(flood_case) {
  const GridShape& shape = water.shape();
  for (const CaseInflow& inflow : flood_case.inflows) {
    std::vector<std::size_t> cells;
    // Half a cell at a time, no cell on the line is missed but for corners.
    const double step_m = shape.cell_m / 2;
    const double long_m = length_m(inflow.line);
    for (double along_m = 0; along_m <= long_m; along_m += step_m) {
      const std::size_t cell = shape.cell_of(point_along(inflow.line, along_m));
      if (flood_case.outside.front()[cell] == 0) cells.push_back(cell);
    }
    std::ranges::sort(cells);
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    sources_.push_back(water.add_source(cells));
  }
}

void CaseSources::set(Instant from, Instant to, ShallowWaterSolver& water) const {
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    water.set_discharge(sources_[i], mean_over(case_.inflows[i].discharge_m3ps, from, to));
  }
}

CaseGauges::CaseGauges(const FloodCase& flood_case, ShallowWaterSolver& water)
    : turn_(flood_case.turn) {
  for (const CasePoint& point : flood_case.points) {
    const std::size_t grid = finest_at(water, point.at);
    points_.push_back({grid, water.grid(grid).shape().cell_of(point.at)});
  }
  for (const CaseSection& section : flood_case.sections) {
    std::vector<Face> faces;
    for (std::size_t number = 0; number < water.grids(); ++number) {
      const GridShape& shape = water.grid(number).shape();
      for (const LineFace& face : faces_across(section.line, shape)) {
        const LocalPoint after = shape.center(face.cell % shape.columns, face.cell / shape.columns);
        const LocalPoint before =
            shape.center(face.before % shape.columns, face.before / shape.columns);
        // Each face is of the finest grid that both its cells lie on.
        const LocalPoint middle{(after.x_m + before.x_m) / 2, (after.y_m + before.y_m) / 2};
        if (finest_at(water, middle) != number) continue;
        const Foot foot = nearest_on(section.line, middle);
        const LocalPoint ahead = point_along(section.line, foot.along_m + shape.cell_m);
        const LocalPoint behind = point_along(section.line, foot.along_m - shape.cell_m);
        // Towards the right of the line's direction counts above 0.
        const double right = face.at_left ? ahead.y_m - behind.y_m : -(ahead.x_m - behind.x_m);
        faces.push_back({number, face.cell, face.before, face.at_left, right >= 0 ? 1.0 : -1.0});
      }
    }
    if (faces.empty()) {
      throw ScenarioError("section '" + section.name + "' separates no cells of the terrain");
    }
    sections_.push_back(std::move(faces));
  }
}

void CaseGauges::read(ShallowWaterSolver& water, CaseSeries& series) const {
  series.points.resize(points_.size());
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const CellState state = grid_of(water, points_[i].grid).state(points_[i].cell);
    const LocalPoint flow = turn_.heading_on_plane({state.east_mps, state.north_mps});
    series.points[i].push_back({state.depth_m, state.surface_m(), flow.x_m, flow.y_m});
  }
  series.sections_m3ps.resize(sections_.size());
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    double sum_m3ps = 0;
    for (const Face& face : sections_[i]) {
      const NestableSolver& grid = grid_of(water, face.grid);
      const GridSide low = face.along_x ? GridSide::west : GridSide::south;
      const GridSide high = face.along_x ? GridSide::east : GridSide::north;
      // Over the face, or of its two cells: the mean is right for either.
      const double q_m2ps =
          (grid.discharge_m2ps(face.cell, low) + grid.discharge_m2ps(face.before, high)) / 2;
      sum_m3ps += face.sign * q_m2ps * grid.shape().cell_m;
    }
    series.sections_m3ps[i].push_back(sum_m3ps);
  }
}

}  // namespace kontwin::flood
