// What grids that meet cost: the same bowl of water undivided, and with its middle as an inset of
// equal cells, whose updates are as many.
#include <benchmark/benchmark.h>

#include <cmath>
#include <memory>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "scenarios/flood/inertial_solver.hpp"
#include "scenarios/flood/nested_water.hpp"

namespace kontwin::flood {
namespace {

constexpr GridShape whole{.cell_m = 20, .columns = 512, .rows = 384};
constexpr std::size_t from_column = 160, from_row = 120, wide = 192, high = 144;

TerrainGrid bowl(const GridShape& shape) {
  TerrainGrid grid{"bench", Raster<float>(shape), Raster<float>(shape, 0.035F)};
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
    grid.elevation_m.values[cell] =
        static_cast<float>(100 + 2 * std::sin(at.x_m / 290) * std::cos(at.y_m / 400));
  }
  return grid;
}

std::unique_ptr<NestableSolver> make(bool finite_volume, const GridShape& shape,
                                     ComputeArena& arena) {
  if (finite_volume) {
    return std::make_unique<FiniteVolumeSolver<float>>(
        bowl(shape), FiniteVolumeSolver<float>::Settings{.closed_edges = true}, arena);
  }
  return std::make_unique<InertialSolver>(bowl(shape),
                                          InertialSolver::Settings{.closed_edges = true}, arena);
}

void fill(ShallowWaterSolver& water) {
  for (std::size_t number = 0; number < water.grids(); ++number) {
    const GridShape& shape = water.grid(number).shape();
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      const std::size_t here = water.first_cell(number) + cell;
      if (water.covered(here)) continue;
      const double x_m = shape.center(cell % shape.columns, cell / shape.columns).x_m;
      water.set_depth(here, 103 + 1e-4 * x_m - water.ground_m(here));
    }
  }
}

void count_updates(benchmark::State& state, ShallowWaterSolver& water) {
  fill(water);
  water.advance(30);
  const std::uint64_t before = water.cell_updates();
  for (auto _ : state) water.advance(30);
  state.counters["cell_updates"] = benchmark::Counter(
      static_cast<double>(water.cell_updates() - before), benchmark::Counter::kIsRate);
}

/// Arguments: 1 for finite volumes, and how many of an inset's cells make one of the outer grid in
/// each direction; 0: no inset.
void grids_that_meet(benchmark::State& state) {
  ComputeArena arena(1);
  const bool finite_volume = state.range(0) != 0;
  const auto ratio = static_cast<std::size_t>(state.range(1));
  auto outer = make(finite_volume, whole, arena);
  if (ratio == 0) return count_updates(state, *outer);
  const GridShape fine{.left_m = static_cast<double>(from_column) * whole.cell_m,
                       .bottom_m = static_cast<double>(from_row) * whole.cell_m,
                       .cell_m = whole.cell_m / static_cast<double>(ratio),
                       .columns = wide * ratio,
                       .rows = high * ratio};
  std::vector<std::unique_ptr<NestableSolver>> insets;
  insets.push_back(make(finite_volume, fine, arena));
  NestedWater water(std::move(outer), std::move(insets), {"middle"});
  count_updates(state, water);
}
BENCHMARK(grids_that_meet)->ArgsProduct({{0, 1}, {0, 1, 2}})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kontwin::flood
