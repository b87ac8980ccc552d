#include <benchmark/benchmark.h>

#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "tests/scenarios/evacuation/crowd/ground_places.hpp"

namespace kontwin::crowd {
namespace {

/// Ways to one exit over a square of 200 x 200 m with 144 obstacles: a million cells.
void crowd_way_to(benchmark::State& state) {
  Building building;
  building.surfaces = {test::floor("square", test::rectangle(0, 0, 200, 200))};
  building.exits = {test::exit("out", 0, {200, 90}, {200, 95})};
  for (int i = 0; i < 12; ++i) {
    for (int j = 0; j < 12; ++j) {
      const double x = 10 + 15 * i, y = 10 + 15 * j;
      building.surfaces[0].shape.holes.push_back({{x, y}, {x + 6, y}, {x + 6, y + 6}, {x, y + 6}});
    }
  }
  const Ground ground(building, 0.2);
  for (auto _ : state) benchmark::DoNotOptimize(way_to(ground, {}, 0.2).distance_m.data());
  state.counters["cells"] = static_cast<double>(ground.grid().cells());
}
BENCHMARK(crowd_way_to)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kontwin::crowd
