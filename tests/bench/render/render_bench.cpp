#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <memory>

#include "io/world/build_world.hpp"
#include "render/viewer.hpp"

namespace kontwin {
namespace {

constexpr int pictures = 60;

std::shared_ptr<const World> sample_world() {
  static const std::shared_ptr<const World> world =
      load_or_build(std::filesystem::path(KONTWIN_SOURCE_DIR) / "assets" / "kontum",
                    std::filesystem::path(KONTWIN_SOURCE_DIR) / "cache");
  return world;
}

/// A lake over the low parts of the finest grid, and the river's roads closed: what a flood puts
/// into the picture.
struct Flood {
  explicit Flood(const World& world) : state(world) {
    const TerrainGrid& grid = world.terrain().grids.back();
    shape = grid.elevation_m.shape;
    depth_m.resize(shape.cells());
    const double gauge_m = world.terrain().elevation_m(
        world.place({Kind::river_gauge, world.find("urn:ngsi-ld:RiverGauge:69702")->row}));
    for (std::size_t cell = 0; cell < depth_m.size(); ++cell) {
      depth_m[cell] =
          std::max(0.0F, static_cast<float>(gauge_m) + 4 - grid.elevation_m.values[cell]);
    }
    const auto closed = state.column(Kind::road, road_column::open);
    for (std::size_t road = 0; road < closed.size(); ++road) closed[road] = road % 20 == 0 ? 0 : 1;
    frame.state = &state;
    frame.at = *parse_instant("2025-11-18T03:00:00+07:00");
    frame.title_vi = "Lũ";
    frame.title_en = "Flood";
    frame.fields.push_back({"water_depth_m", grid.name, shape, depth_m});
    for (std::uint32_t road = 0; road < world.roads().links(); road += 5) {
      const LocalPoint place = world.roads().shape_of(road).front();
      frame.movers.push_back({static_cast<float>(place.x_m), static_cast<float>(place.y_m),
                              Mover::Kind::car, static_cast<std::uint8_t>(road % 2)});
    }
  }

  StateTable state;
  GridShape shape;
  std::vector<float> depth_m;
  SceneFrame frame;
};

/// Draws a path of the viewer's camera in a window of 1280 x 720: what a person sees who turns
/// slowly about the middle of a preset. The first round, which makes tiles and textures, does not
/// count.
void draw_path(benchmark::State& state, const char* preset) {
  const auto world = sample_world();
  const Flood flood(*world);
  const FrameSource source{
      .times = {flood.frame.at},
      .load = [&](std::size_t, const std::function<void(const SceneFrame&)>& show) {
        show(flood.frame);
      }};
  ViewerOptions options;
  options.camera = preset;
  const Camera start = parse_camera(*world, preset, 16.0 / 9);
  using Clock = std::chrono::steady_clock;
  double cpu_s = 0;
  for (auto _ : state) {
    Clock::time_point begin;
    std::clock_t spent = 0;
    options.most_pictures = 2 * pictures;
    options.path = [&](long picture) {
      if (picture == pictures) {
        begin = Clock::now();
        spent = std::clock();
      }
      Camera camera = start;
      camera.heading_deg += 10 * std::sin(2 * 3.14159265 * static_cast<double>(picture) / pictures);
      return camera;
    };
    run_viewer(*world, source, options);
    cpu_s += static_cast<double>(std::clock() - spent) / CLOCKS_PER_SEC;
    state.SetIterationTime(std::chrono::duration<double>(Clock::now() - begin).count());
  }
  state.counters["frames_per_second"] = benchmark::Counter(
      static_cast<double>(pictures * state.iterations()), benchmark::Counter::kIsRate);
  // Of all threads: on a machine without a graphics card it says what a picture costs, whatever
  // else runs beside it.
  state.counters["cpu_ms_per_frame"] =
      1000 * cpu_s / static_cast<double>(pictures * state.iterations());
}

void viewer_province(benchmark::State& state) { draw_path(state, "overview"); }
void viewer_city(benchmark::State& state) { draw_path(state, "city"); }
BENCHMARK(viewer_province)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(viewer_city)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kontwin
