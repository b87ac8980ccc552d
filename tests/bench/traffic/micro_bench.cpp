#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "tests/scenarios/traffic/micro/micro_networks.hpp"

namespace kontwin::testing {
namespace {

using traffic::micro::CarFollowing;
using traffic::micro::MicroOptions;
using traffic::micro::MicroZone;

constexpr std::uint32_t motorbike = 0, car = 1;

/// Vehicles that drive about without end: as many as were sent stay inside.
struct Circulation {
  Circulation(NetworkParts parts, const MicroOptions& options, std::uint32_t vehicles,
              double motorbike_share)
      : network(Network::seal(std::move(parts))),
        zone(network, all_links(*network), traffic::standard_vehicle_types(), options) {
    zone.ask().next_turn = wander(*network);
    std::uint32_t sent = 0;
    while (sent < vehicles && traffic::seconds(zone.now()) < 3600) {
      for (std::uint32_t lane = 0; lane < network->lanes() && sent < vehicles; ++lane) {
        const bool rides = RandomStream(7, sent).uniform() < motorbike_share;
        const std::uint32_t type = rides ? motorbike : car;
        if (!zone.may_enter(lane, type, 3)) continue;
        zone.enter({sent, sent, type, lane, 3, 1, zone.now()});
        ++sent;
      }
      zone.advance(zone.now() + to_micros(options.step_s));
    }
    zone.advance(zone.now() + to_micros(300));
  }

  /// Runs a minute each time and counts.
  void measure(benchmark::State& state) {
    const std::uint64_t before = zone.vehicle_updates();
    const double from_s = traffic::seconds(zone.now());
    for (auto _ : state) zone.advance(zone.now() + to_micros(60));
    const auto updates = static_cast<double>(zone.vehicle_updates() - before);
    const double simulated_s = traffic::seconds(zone.now()) - from_s;
    state.counters["updates"] = benchmark::Counter(updates, benchmark::Counter::kIsRate);
    state.counters["vehicle_seconds"] = benchmark::Counter(
        simulated_s * static_cast<double>(zone.inside()), benchmark::Counter::kIsRate);
    state.counters["vehicles"] = static_cast<double>(zone.inside());
    std::vector<traffic::micro::VehiclePlace> places;
    zone.places(places);
    double speed = 0;
    for (const auto& place : places) speed += place.speed_mps;
    state.counters["mean_mps"] = speed / static_cast<double>(places.size());
  }

  std::shared_ptr<const Network> network;
  MicroZone zone;
};

MicroOptions with_model(CarFollowing model) {
  MicroOptions options;
  options.following = model;
  return options;
}

/// 840 links of two lanes with a signal at each of 225 junctions; 3000 vehicles.
void micro_grid(benchmark::State& state, CarFollowing model, double motorbike_share) {
  Circulation town(grid_town(15, 200, 2, JunctionControl::signal), with_model(model), 3000,
                   motorbike_share);
  town.measure(state);
}
BENCHMARK_CAPTURE(micro_grid, cars_idm, CarFollowing::idm, 0.0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(micro_grid, cars_krauss, CarFollowing::krauss, 0.0)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(micro_grid, motorbikes_idm, CarFollowing::idm, 0.8)
    ->Unit(benchmark::kMillisecond);

/// 18,224 links of two lanes; 20,000 vehicles of which 60 % are motorbikes.
void micro_large_town(benchmark::State& state) {
  Circulation town(grid_town(68, 200, 2, JunctionControl::signal), with_model(CarFollowing::idm),
                   20000, 0.6);
  town.measure(state);
}
BENCHMARK(micro_large_town)->Unit(benchmark::kMillisecond);

/// A ring of 20 km and two lanes; 1000 cars, or 3000 vehicles of which 80 % are motorbikes.
void micro_ring(benchmark::State& state, CarFollowing model, std::uint32_t vehicles,
                double motorbike_share) {
  Circulation ring(ring_road(20000, 13.89, 2), with_model(model), vehicles, motorbike_share);
  ring.measure(state);
}
BENCHMARK_CAPTURE(micro_ring, cars_idm, CarFollowing::idm, 1000, 0.0)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(micro_ring, motorbikes_idm, CarFollowing::idm, 3000, 0.8)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kontwin::testing
