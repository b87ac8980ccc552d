#include <benchmark/benchmark.h>

#include <filesystem>

#include "io/traffic/network_file.hpp"
#include "io/traffic/sumo_export.hpp"
#include "io/traffic/sumo_routes.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::ScratchFolder;

/// A grid of 68 x 68 junctions: 18,224 links and about 54,000 turns.
NetworkParts grid_parts() {
  constexpr std::uint32_t size = 68;
  NetworkParts parts;
  const auto name = [](std::uint32_t row) { return "J" + std::to_string(row); };
  for (std::uint32_t row = 0; row < size * size; ++row) {
    JunctionPart junction;
    junction.id = name(row);
    junction.place = {200.0 * (row % size), 200.0 * static_cast<double>(row / size)};
    junction.control = JunctionControl::right_first;
    parts.junctions.push_back(junction);
  }
  const auto add = [&](std::uint32_t from, std::uint32_t to) {
    LinkPart link;
    link.id = name(from) + name(to);
    link.name = "Street of " + name(from);
    link.from = from;
    link.to = to;
    link.free_speed_mps = 50 / 3.6;
    link.lanes = 2;
    parts.links.push_back(link);
  };
  for (std::uint32_t row = 0; row < size * size; ++row) {
    for (const std::uint32_t next : {row + 1, row + size}) {
      const bool beside = next == row + 1 && next % size == 0;
      if (beside || next >= size * size) continue;
      add(row, next);
      add(next, row);
    }
  }
  return parts;
}

const std::shared_ptr<const Network>& grid() {
  static const std::shared_ptr<const Network> network = Network::seal(grid_parts());
  return network;
}

void SealNetwork(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Network::seal(grid_parts()));
  state.counters["turns"] = static_cast<double>(grid()->turns());
}
BENCHMARK(SealNetwork)->Unit(benchmark::kMillisecond);

void LoadNetwork(benchmark::State& state) {
  const ScratchFolder folder;
  const auto path = folder.path() / "grid.h5";
  save_network(path, *grid());
  for (auto _ : state) benchmark::DoNotOptimize(load_network(path));
  state.counters["file_bytes"] = static_cast<double>(std::filesystem::file_size(path));
}
BENCHMARK(LoadNetwork)->Unit(benchmark::kMillisecond);

/// Vehicles with routes of forty links each, as a router writes them.
void ReadSumoRoutes(benchmark::State& state) {
  const Network& network = *grid();
  TripTable table;
  table.types.push_back(standard_vehicle_types()[1]);
  for (std::uint64_t number = 0; number < 50000; ++number) {
    RandomStream stream(1, number);
    TripRow trip;
    trip.number = number;
    trip.depart = static_cast<Micros>(number * 10000);
    trip.route_begin = static_cast<std::uint32_t>(table.route_links.size());
    auto link = static_cast<std::uint32_t>(stream.below(network.links()));
    for (int i = 0; i < 40; ++i) {
      table.route_links.push_back(link);
      const std::uint32_t first = network.turn_begin[link];
      link = network.turn_to[first + stream.below(network.turn_begin[link + 1] - first)];
    }
    trip.route_length = 40;
    table.trips.push_back(trip);
  }
  const ScratchFolder folder;
  const auto path = folder.path() / "grid.rou.xml";
  write_sumo_routes(path, table, network);
  for (auto _ : state) benchmark::DoNotOptimize(read_sumo_routes(path, network));
  const auto bytes = static_cast<double>(std::filesystem::file_size(path));
  state.counters["bytes"] = benchmark::Counter(bytes * static_cast<double>(state.iterations()),
                                               benchmark::Counter::kIsRate);
}
BENCHMARK(ReadSumoRoutes)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kontwin::traffic::testing
