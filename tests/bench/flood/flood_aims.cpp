// Long runs of the flood engine on the sample world's terrain, for tests/bench/flood/compare_aims:
// `flood_aims province [HOURS]` and `flood_aims fork [HOURS]`. Prints what it measured as JSON.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "io/synthesis/land.hpp"
#include "scenarios/design_storm.hpp"
#include "scenarios/flood/flood_engine.hpp"

namespace {

using namespace kontwin;

const Instant start{std::chrono::hours(24 * 365 * 55)};

/// Seconds on the wall, and of the processors for this process.
struct Clock {
  std::chrono::steady_clock::time_point wall = std::chrono::steady_clock::now();
  double cpu_s = used_s();

  static double used_s() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
  }
  double passed_s() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  }
  double worked_s() const { return used_s() - cpu_s; }
};

/// The land of the sample world on one grid.
std::shared_ptr<const World> world_on(LocalBox box, double cell_m) {
  WorldParts parts;
  add_land(std::string(KONTWIN_SOURCE_DIR) + "/assets/kontum", parts);
  const Terrain& land = *parts.terrain;
  if (box.max_x_m <= box.min_x_m) box = land.grids.front().elevation_m.shape.box();
  const GridShape shape{.left_m = box.min_x_m,
                        .bottom_m = box.min_y_m,
                        .cell_m = cell_m,
                        .columns = static_cast<std::size_t>((box.max_x_m - box.min_x_m) / cell_m),
                        .rows = static_cast<std::size_t>((box.max_y_m - box.min_y_m) / cell_m)};
  TerrainGrid grid{"bench", Raster<float>(shape), Raster<float>(shape)};
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
    const TerrainGrid& finest = land.finest_at(at);
    grid.elevation_m.values[cell] = static_cast<float>(interpolate(finest.elevation_m, at));
    const bool inside = finest.manning_n.shape.contains(at);
    grid.manning_n.values[cell] =
        inside ? finest.manning_n.values[finest.manning_n.shape.cell_of(at)] : 0.05F;
  }
  auto terrain = std::make_shared<Terrain>(land);
  terrain->grids.push_back(std::move(grid));
  parts.terrain = std::move(terrain);
  return World::seal(std::move(parts));
}

Branch branch_on(std::shared_ptr<const World> world) {
  Branch branch;
  branch.name = "bench";
  branch.state = StateTable(*world);
  branch.world = std::move(world);
  branch.start = start;
  // 200 mm in a day, 50 in its worst hour.
  branch.forcing.rain_mmph =
      design_storm({.start = start, .duration_min = 1440, .step_min = 10},
                   RainDepthCurve::of_points({{10, 18}, {60, 50}, {1440, 200}}));
  return branch;
}

FloodOptions options() {
  FloodOptions options;
  options.grid = "bench";
  return options;
}

void run(FloodEngine& engine, Branch& branch, Instant from, double hours) {
  const auto window = std::chrono::minutes(1);
  for (Instant at = from; at < from + from_seconds(3600 * hours); at += window) {
    engine.advance(branch.state, at, at + window);
  }
}

int province(double hours) {
  Branch branch = branch_on(world_on({}, 30));
  ComputeArena arena(2);
  FloodOptions given = options();
  given.initial_stage_warmup_h = 0;
  const Clock clock;
  FloodEngine engine(branch, arena, given);
  const double made_s = clock.passed_s();
  run(engine, branch, start, hours);
  Frame frame;
  engine.show(frame);
  std::printf(
      "{\"cells\": %zu, \"hours\": %g, \"made_s\": %.1f, \"wall_s\": %.1f, \"cpu_s\": %.1f, "
      "\"cell_updates\": %.4g}\n",
      frame.fields.front().values.size(), hours, made_s, clock.passed_s(), clock.worked_s(),
      static_cast<double>(engine.cell_updates()));
  return 0;
}

int fork_of_a_million(double hours) {
  // 20 x 20 km round Kon Tum city in cells of 20 m.
  const std::shared_ptr<const World> world = [] {
    const auto land = world_on({}, 1000);
    const LocalBox city = land->terrain().find("kontum-city")->elevation_m.shape.box();
    const double x_m = (city.min_x_m + city.max_x_m) / 2;
    const double y_m = (city.min_y_m + city.max_y_m) / 2;
    return world_on({x_m - 10000, y_m - 10000, x_m + 10000, y_m + 10000}, 20);
  }();
  Branch branch = branch_on(world);
  branch.forcing.inflows.push_back(
      {"Đăk Bla", world->rivers().front().line.front(), {{start}, {1200}}});
  for (const River& river : world->rivers()) {
    if (river.name == "Đăk Bla") branch.forcing.inflows.back().place = river.line.front();
  }
  ComputeArena arena(2);
  const Clock clock;
  FloodEngine engine(branch, arena, options());
  run(engine, branch, start, 1.0 / 60);
  Frame frame;
  engine.show(frame);
  const double first_s = clock.passed_s();
  const double first_cpu_s = clock.worked_s();
  run(engine, branch, start + std::chrono::minutes(1), hours - 1.0 / 60);
  std::printf(
      "{\"cells\": %zu, \"first_frame_s\": %.2f, \"first_frame_cpu_s\": %.2f, \"wall_s\": %.1f, "
      "\"cpu_s\": %.1f, \"cell_updates\": %.4g}\n",
      frame.fields.front().values.size(), first_s, first_cpu_s, clock.passed_s(), clock.worked_s(),
      static_cast<double>(engine.cell_updates()));
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::string_view which = count > 1 ? words[1] : "";
  try {
    if (which == "province") return province(count > 2 ? std::atof(words[2]) : 24);
    if (which == "fork") return fork_of_a_million(count > 2 ? std::atof(words[2]) : 6);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "flood_aims: %s\n", error.what());
    return 1;
  }
  std::fprintf(stderr, "flood_aims province [HOURS] | fork [HOURS]\n");
  return 1;
}
