#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "scenarios/slope/boulder_world.hpp"
#include "scenarios/slope/flood_vehicles.hpp"
#include "scenarios/slope/slope_stability.hpp"
#include "twin/random.hpp"

namespace kontwin::slope {
namespace {

/// Factor of safety and probability of failure of wet slopes: one cell, three conductivities, one
/// step of rain.
void factor_of_safety(benchmark::State& state) {
  ComputeArena arena(1);
  SlopeCells cells;
  for (int i = 0; i < 100000; ++i) {
    cells.middle.push_back({});
    cells.slope_rad.push_back((12 + 30.0 * (i % 997) / 997) * std::numbers::pi / 180);
    cells.area_m2.push_back(8100);
    cells.ground.push_back(static_cast<GroundClass>(i % static_cast<int>(ground_classes)));
  }
  cells.first_of_road = {0};
  const std::vector<std::uint32_t> series(cells.count(), 0);
  SlopeStability stability(cells, series, {}, arena);
  std::uint64_t steps = 0;
  for (auto _ : state) {
    stability.advance(std::array{5.0 + double(steps % 7)}, 600);
    ++steps;
  }
  state.counters["cells"] =
      benchmark::Counter(double(steps) * double(cells.count()), benchmark::Counter::kIsRate);
}
BENCHMARK(factor_of_safety)->Unit(benchmark::kMillisecond);

/// Boulders of all shapes from a slope of 40 degrees down to rest on the level below.
void boulders_to_rest(benchmark::State& state) {
  Raster<float> ground(GridShape{.cell_m = 10, .columns = 60, .rows = 60});
  for (std::size_t i = 0; i < ground.values.size(); ++i) {
    const double x_m = ground.shape.center(i % 60, i / 60).x_m;
    ground.values[i] = static_cast<float>(std::max(0.0, (300 - x_m) * 0.84));
  }
  const std::vector<GroundClass> classes(ground.values.size(), GroundClass::scrub);
  std::uint64_t boulders = 0, seed = 0;
  for (auto _ : state) {
    BoulderWorld world(ground, classes, default_contacts);
    RandomStream random(++seed, 0);
    for (int i = 0; i < 8; ++i) {
      const double x_m = random.uniform(180, 220);
      world.add({.shape = static_cast<Rock::Shape>(i % 3),
                 .radius_m = 0.35,
                 .x_m = x_m,
                 .y_m = random.uniform(200, 400),
                 .z_m = (300 - x_m) * 0.84 + 1,
                 .vx_mps = 1});
    }
    for (int step = 0; step < 480 * 60 && !world.all_at_rest(); ++step) world.step();
    boulders += 8;
  }
  state.counters["boulders"] = benchmark::Counter(double(boulders), benchmark::Counter::kIsRate);
}
BENCHMARK(boulders_to_rest)->Unit(benchmark::kMillisecond);

/// Vehicles adrift, seconds of one vehicle a second.
void vehicles_adrift(benchmark::State& state) {
  const Raster<float> ground(GridShape{.cell_m = 10, .columns = 60, .rows = 60}, 500);
  const Raster<float> depth(ground.shape, 0.9F), east(ground.shape, 0.5F), north(ground.shape, 0);
  std::vector<StandingVehicle> vehicles;
  for (int i = 0; i < 50; ++i) {
    vehicles.push_back({flood_vehicle_types[static_cast<std::size_t>(i) % flood_vehicles],
                        {100 + 20.0 * (i % 10), 150 + 40.0 * (i / 10)},
                        0.3 * i});
  }
  double seconds = 0;
  for (auto _ : state) {
    FloodVehicles water({ground, depth, east, north}, vehicles);
    for (int step = 0; step < 240; ++step) water.step();
    seconds += 50;
  }
  state.counters["vehicle_seconds"] = benchmark::Counter(seconds, benchmark::Counter::kIsRate);
}
BENCHMARK(vehicles_adrift)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kontwin::slope
