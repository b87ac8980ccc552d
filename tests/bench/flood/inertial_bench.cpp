#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "scenarios/flood/inertial_solver.hpp"

namespace kontwin::flood {
namespace {

/// A wavy bowl, all under 1 to 5 m of moving water: every cell is active.
TerrainGrid bowl(std::size_t columns, std::size_t rows) {
  const GridShape shape{.cell_m = 20, .columns = columns, .rows = rows};
  TerrainGrid grid{"bench", Raster<float>(shape, 100), Raster<float>(shape, 0.035F)};
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      grid.elevation_m.at(column, row) +=
          static_cast<float>(2 * std::sin(0.07 * double(column)) * std::cos(0.05 * double(row)));
    }
  }
  return grid;
}

/// Counts the updates of a bowl full of water; `full`: with rain and maxima.
void count_updates(benchmark::State& state, bool full) {
  ComputeArena arena(1);
  const auto grid =
      bowl(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  InertialSolver solver(grid, {.closed_edges = true}, arena);
  for (std::size_t cell = 0; cell < grid.elevation_m.shape.cells(); ++cell) {
    const double tilt = 0.002 * static_cast<double>(cell % grid.elevation_m.shape.columns);
    solver.set_depth(cell, 103.0 + tilt - grid.elevation_m.values[cell]);
  }
  PeakMaps peaks(grid.elevation_m.shape);
  if (full) {
    solver.set_rain(0, 50e-3 / 3600);
    solver.record_peaks(&peaks);
  }
  solver.advance(30);
  const std::uint64_t before = solver.cell_updates();
  for (auto _ : state) solver.advance(30);
  state.counters["cell_updates"] = benchmark::Counter(
      static_cast<double>(solver.cell_updates() - before), benchmark::Counter::kIsRate);
}

void wet_cells(benchmark::State& state) { count_updates(state, false); }
BENCHMARK(wet_cells)->Args({750, 550})->Args({256, 256})->Unit(benchmark::kMillisecond);

/// Aim: 250 million cell updates a CPU-second, and a quarter of what the triad's bandwidth gives at
/// 28 bytes a cell.
void wet_cells_rain_and_maxima(benchmark::State& state) { count_updates(state, true); }
BENCHMARK(wet_cells_rain_and_maxima)
    ->Args({750, 550})
    ->Args({256, 256})
    ->Unit(benchmark::kMillisecond);

/// Rain on hills with a river: how much of an hour's rain on a city-sized grid one second computes.
void rain_on_hills(benchmark::State& state) {
  ComputeArena arena(1);
  const GridShape shape{.cell_m = 20, .columns = 750, .rows = 550};
  TerrainGrid grid{"bench", Raster<float>(shape, 100), Raster<float>(shape, 0.04F)};
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const double x = static_cast<double>(column);
      const double from_river = std::abs(static_cast<double>(row) - 275 - 60 * std::sin(0.02 * x));
      const double valley = from_river < 5 ? -5 : 0.004 * from_river * from_river;
      grid.elevation_m.at(column, row) = static_cast<float>(
          200 - 0.02 * x + valley + std::sin(0.11 * x) * std::sin(0.13 * double(row)));
    }
  }
  InertialSolver solver(grid, {}, arena);
  solver.set_rain(0, 20e-3 / 3600);
  std::vector<std::size_t> inlet;
  for (std::size_t row = 272; row < 279; ++row) inlet.push_back(shape.at(3, row));
  solver.set_discharge(solver.add_source(inlet), 1500);
  for (int minute = 0; minute < 120; ++minute) solver.advance(60);
  const std::uint64_t before = solver.cell_updates();
  for (auto _ : state) {
    for (int minute = 0; minute < 10; ++minute) solver.advance(60);
  }
  state.counters["cell_updates"] = benchmark::Counter(
      static_cast<double>(solver.cell_updates() - before), benchmark::Counter::kIsRate);
  state.counters["simulated_s"] = benchmark::Counter(600 * static_cast<double>(state.iterations()),
                                                     benchmark::Counter::kIsRate);
}
BENCHMARK(rain_on_hills)->Iterations(3)->Unit(benchmark::kMillisecond);

/// The memory's own speed, the same minute: a = b + s c (McCalpin's STREAM).
void triad(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  std::vector<float> a(size, 0), b(size, 1), c(size, 2);
  for (auto _ : state) {
    float* __restrict to = a.data();
    const float* first = b.data();
    const float* second = c.data();
    for (std::size_t i = 0; i < size; ++i) to[i] = first[i] + 3.0F * second[i];
    benchmark::ClobberMemory();
  }
  state.counters["bytes"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(size) * 3 * sizeof(float),
      benchmark::Counter::kIsRate);
}
BENCHMARK(triad)->Arg(8 << 20);

}  // namespace
}  // namespace kontwin::flood
