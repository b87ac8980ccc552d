#include <benchmark/benchmark.h>

#include <cmath>
#include <filesystem>

#include "io/run/run_writer.hpp"
#include "io/wire/observation_wire.hpp"
#include "io/world/world_file.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/frame.hpp"

namespace kontwin {
namespace {

/// A world of 30,000 plots and a terrain of 3 million rolling cells.
std::shared_ptr<const World> large_world() {
  static const std::shared_ptr<const World> world = [] {
    WorldParts parts;
    parts.name = "bench";
    parts.sources.push_back({"bench", "made for benchmarks", "own work"});
    const GridShape shape{0, 0, 20, 2000, 1500};
    parts.extent = shape.box();
    auto terrain = std::make_shared<Terrain>();
    TerrainGrid grid{"province", Raster<float>(shape), Raster<float>(shape, 0.035F)};
    for (std::size_t row = 0; row < shape.rows; ++row) {
      for (std::size_t column = 0; column < shape.columns; ++column) {
        const auto x = static_cast<float>(column);
        const auto y = static_cast<float>(row);
        grid.elevation_m.at(column, row) =
            600 + 200 * std::sin(x / 90) * std::cos(y / 70) + std::sin(x * y / 500);
      }
    }
    terrain->grids.push_back(std::move(grid));
    parts.terrain = std::move(terrain);
    for (std::size_t i = 0; i < 30'000; ++i) {
      EntityRecord record;
      record.urn = make_urn(Kind::farm_plot, std::to_string(i));
      record.name = "Thửa " + std::to_string(i);
      record.place = {static_cast<double>(i), static_cast<double>(i % 700)};
      record.commune_code = "23293";
      record.attributes = {static_cast<double>(i % 5000), static_cast<double>(i % 3)};
      parts.add(Kind::farm_plot, std::move(record));
    }
    return World::seal(std::move(parts));
  }();
  return world;
}

void LoadWorldOf30000EntitiesAnd3MCells(benchmark::State& state) {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "world.h5";
  save_world(*large_world(), path);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(load_world(path));
  state.counters["file_bytes"] = static_cast<double>(std::filesystem::file_size(path));
}
BENCHMARK(LoadWorldOf30000EntitiesAnd3MCells)->Unit(benchmark::kMillisecond);

void RecordFrameOf30000EntitiesAnd1MCells(benchmark::State& state) {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "run.h5";
  Branch branch;
  branch.name = "bench";
  branch.world = large_world();
  branch.state = StateTable(*branch.world);
  RunWriter writer(path);
  writer.begin(branch);
  const GridShape shape{0, 0, 20, 1000, 1000};
  std::vector<float> depth(shape.cells());
  std::size_t frames = 0;
  for ([[maybe_unused]] auto _ : state) {
    state.PauseTiming();
    for (std::size_t i = 0; i < depth.size(); ++i) {
      depth[i] = i % 1000 < 150 ? static_cast<float>(i % 977 + frames) * 0.001F : 0;
    }
    auto moisture = branch.state.column(Kind::farm_plot, farm_plot_column::moisture_share);
    for (std::size_t i = 0; i < moisture.size(); ++i) {
      moisture[i] = std::sin(static_cast<double>(i + frames));
    }
    Frame frame;
    frame.at = branch.start + std::chrono::minutes{frames};
    frame.state = &branch.state;
    frame.fields.push_back({"water_depth_m", "city", shape, depth});
    frame.movers.resize(5000);
    state.ResumeTiming();
    writer.frame(frame);
    ++frames;
  }
  state.counters["bytes_per_frame"] =
      static_cast<double>(std::filesystem::file_size(path)) / static_cast<double>(frames);
}
BENCHMARK(RecordFrameOf30000EntitiesAnd1MCells)->Unit(benchmark::kMillisecond);

std::vector<Observation> observations() {
  std::vector<Observation> list;
  list.reserve(1000);
  for (int i = 0; i < 1000; ++i) {
    list.push_back({make_urn(Kind::river_gauge, std::to_string(i)), "stage_m", 518 + i * 0.01,
                    Instant{Duration{1'763'400'000'000 + i}}, "bench", Quality::good});
  }
  return list;
}

void DecodeObservationsFromProtobuf(benchmark::State& state) {
  const std::string bytes = encode_observations(observations());
  for ([[maybe_unused]] auto _ : state)
    benchmark::DoNotOptimize(decode_observations(bytes, "bench"));
  state.counters["observations/s"] = benchmark::Counter(
      1000.0 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(DecodeObservationsFromProtobuf)->Unit(benchmark::kMicrosecond);

void DecodeObservationsFromJson(benchmark::State& state) {
  std::string json = "[";
  for (const Observation& observation : observations()) {
    if (json.size() > 1) json += ',';
    json += encode_observation_json(observation);
  }
  json += ']';
  for ([[maybe_unused]] auto _ : state)
    benchmark::DoNotOptimize(decode_observations_json(json, "bench"));
  state.counters["observations/s"] = benchmark::Counter(
      1000.0 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(DecodeObservationsFromJson)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace kontwin
