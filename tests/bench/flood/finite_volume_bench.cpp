#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "scenarios/flood/peak_maps.hpp"

namespace kontwin::flood {
namespace {

/// Hills with a meandering valley, so that dry land, thin sheets and deep water lie side by side.
TerrainGrid valley(std::size_t columns, std::size_t rows) {
  const GridShape shape{.cell_m = 20, .columns = columns, .rows = rows};
  TerrainGrid grid{"bench", Raster<float>(shape, 0), Raster<float>(shape, 0.04F)};
  const double middle = static_cast<double>(rows) / 2;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const double x = static_cast<double>(column);
      const double y = static_cast<double>(row);
      const double from_river = std::abs(y - middle - 0.2 * middle * std::sin(0.02 * x));
      const double side = from_river < 5 ? -5 : 0.004 * from_river * from_river;
      grid.elevation_m.at(column, row) =
          static_cast<float>(200 - 0.02 * x + side + std::sin(0.11 * x) * std::sin(0.13 * y));
    }
  }
  return grid;
}

template <typename Real>
void measure(benchmark::State& state, FiniteVolumeSolver<Real>& solver, double seconds) {
  const std::uint64_t before = solver.cell_updates();
  const std::uint64_t steps_before = solver.steps();
  for (auto _ : state) solver.advance(seconds);
  state.counters["cell_updates"] = benchmark::Counter(
      static_cast<double>(solver.cell_updates() - before), benchmark::Counter::kIsRate);
  state.counters["step_s"] = benchmark::Counter(seconds * static_cast<double>(state.iterations()) /
                                                static_cast<double>(solver.steps() - steps_before));
}

/// Rain on hills with a river in flood, water moving in every tile and maxima noted. Aims in cell
/// updates a CPU-second, both halves of a second order step counted as one: 150 million first
/// order, 80 million second order.
template <typename Real>
void rain_and_flood(benchmark::State& state) {
  ComputeArena arena(1);
  const auto grid = valley(768, 544);
  const GridShape& shape = grid.elevation_m.shape;
  FiniteVolumeSolver<Real> solver(grid, {.order = static_cast<int>(state.range(0))}, arena);
  solver.set_rain(0, 40e-3 / 3600);
  std::vector<std::size_t> inlet;
  for (std::size_t row = 268; row < 276; ++row) inlet.push_back(shape.at(3, row));
  solver.set_discharge(solver.add_source(inlet), 1500);
  PeakMaps peaks(shape);
  solver.record_peaks(&peaks);
  solver.advance(900);
  measure(state, solver, 30);
}
BENCHMARK(rain_and_flood<float>)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);
BENCHMARK(rain_and_flood<double>)->Arg(2)->Unit(benchmark::kMillisecond);

/// All under 1 to 5 m of moving water, small enough for the cache: what the kernels can do.
void deep_water(benchmark::State& state) {
  ComputeArena arena(1);
  TerrainGrid grid = valley(256, 256);
  const GridShape& shape = grid.elevation_m.shape;
  FiniteVolumeSolver<float> solver(
      grid, {.order = static_cast<int>(state.range(0)), .closed_edges = true}, arena);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    solver.set_depth(cell, 3 + std::sin(0.1 * static_cast<double>(cell % shape.columns)));
  }
  solver.advance(10);
  measure(state, solver, 10);
}
BENCHMARK(deep_water)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kontwin::flood
