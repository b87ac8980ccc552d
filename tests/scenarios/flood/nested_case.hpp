#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "scenarios/flood/inertial_solver.hpp"
#include "scenarios/flood/nested_water.hpp"

namespace kontwin::testing {

/// A scheme as tests name it.
enum class Scheme { inertial, first_order, second_order, second_order_double };

using Height = std::function<double(LocalPoint)>;

inline TerrainGrid ground_of(const GridShape& shape, const Height& height_m, float manning_n) {
  TerrainGrid grid{"test", Raster<float>(shape), Raster<float>(shape, manning_n)};
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
    grid.elevation_m.values[cell] = static_cast<float>(height_m(at));
  }
  return grid;
}

inline std::unique_ptr<flood::NestableSolver> solver_of(Scheme scheme, const TerrainGrid& ground,
                                                        ComputeArena& arena) {
  const auto finite_volume = [](int order) {
    return flood::FiniteVolumeSolver<float>::Settings{.order = order, .closed_edges = true};
  };
  switch (scheme) {
    case Scheme::inertial:
      return std::make_unique<flood::InertialSolver>(
          ground, flood::InertialSolver::Settings{.closed_edges = true}, arena);
    case Scheme::first_order:
      return std::make_unique<flood::FiniteVolumeSolver<float>>(ground, finite_volume(1), arena);
    case Scheme::second_order:
      return std::make_unique<flood::FiniteVolumeSolver<float>>(ground, finite_volume(2), arena);
    case Scheme::second_order_double:
      break;
  }
  return std::make_unique<flood::FiniteVolumeSolver<double>>(
      ground, flood::FiniteVolumeSolver<double>::Settings{.order = 2, .closed_edges = true}, arena);
}

/// Cells of the outer grid, ends excluded.
struct Place {
  std::size_t first_column = 0, end_column = 0, first_row = 0, end_row = 0;
};

inline GridShape inset_shape(const GridShape& outer, const Place& place, std::size_t ratio) {
  return {.left_m = outer.left_m + static_cast<double>(place.first_column) * outer.cell_m,
          .bottom_m = outer.bottom_m + static_cast<double>(place.first_row) * outer.cell_m,
          .cell_m = outer.cell_m / static_cast<double>(ratio),
          .columns = (place.end_column - place.first_column) * ratio,
          .rows = (place.end_row - place.first_row) * ratio};
}

/// A grid over ground at `height_m` with one inset.
inline std::unique_ptr<flood::NestedWater> nested(Scheme outer, Scheme inset,
                                                  const GridShape& shape, const Place& place,
                                                  std::size_t ratio, const Height& height_m,
                                                  float manning_n, ComputeArena& arena) {
  std::vector<std::unique_ptr<flood::NestableSolver>> insets;
  insets.push_back(
      solver_of(inset, ground_of(inset_shape(shape, place, ratio), height_m, manning_n), arena));
  return std::make_unique<flood::NestedWater>(
      solver_of(outer, ground_of(shape, height_m, manning_n), arena), std::move(insets),
      std::vector<std::string>{"inset"});
}

/// Calls `visit(cell, centre)` for every cell that flows by itself.
inline void for_own_cells(flood::ShallowWaterSolver& water,
                          const std::function<void(std::size_t, LocalPoint)>& visit) {
  for (std::size_t number = 0; number < water.grids(); ++number) {
    const GridShape& shape = water.grid(number).shape();
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      const std::size_t here = water.first_cell(number) + cell;
      if (water.covered(here)) continue;
      visit(here, shape.center(cell % shape.columns, cell / shape.columns));
    }
  }
}

/// Fills every cell up to a surface.
inline void fill_to(flood::ShallowWaterSolver& water, const Height& surface_m) {
  for_own_cells(water, [&](std::size_t cell, LocalPoint at) {
    const double depth_m = surface_m(at) - water.ground_m(cell);
    if (depth_m > 0) water.set_depth(cell, depth_m);
  });
}

}  // namespace kontwin::testing
