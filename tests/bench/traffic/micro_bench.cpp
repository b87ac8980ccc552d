#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
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
    zone.ask().next_turn = [this](std::uint32_t vehicle, std::uint32_t link) {
      const std::uint32_t first = network->turn_begin[link];
      const std::uint32_t turns = network->turn_begin[link + 1] - first;
      chosen.resize(std::max<std::size_t>(chosen.size(), vehicle + 1));
      RandomStream random(1, vehicle, chosen[vehicle]++);
      return turns == 0 ? no_row : first + static_cast<std::uint32_t>(random.below(turns));
    };
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
    state.counters["mean_mps"] = mean_speed_mps();
  }

  /// Over a cycle of the signals: at one moment all may stand, or all drive.
  double mean_speed_mps() {
    constexpr int cycle_s = 90;
    std::vector<traffic::micro::VehiclePlace> places;
    double sum = 0, count = 0;
    for (int second = 0; second < cycle_s; ++second) {
      zone.advance(zone.now() + to_micros(1));
      zone.places(places);
      for (const auto& place : places) sum += place.speed_mps;
      count += static_cast<double>(places.size());
    }
    return sum / count;
  }

  std::shared_ptr<const Network> network;
  MicroZone zone;
  std::vector<std::uint64_t> chosen;  ///< [vehicle] how many turns
};

MicroOptions with_model(CarFollowing model) {
  MicroOptions options;
  options.following = model;
  return options;
}

/// Signals as netconvert makes them: 42 s for each road, 3 s between, all in step.
NetworkParts town_of_signals(std::uint32_t side) {
  NetworkParts town = grid_town(side, 200, 2, JunctionControl::signal);
  for (SignalPart& signal : town.signals) {
    signal.offset_s = 0;
    constexpr std::array stages_s{42.0, 3.0, 42.0, 3.0};
    for (std::size_t i = 0; i < stages_s.size(); ++i) signal.stages[i].duration_s = stages_s[i];
  }
  return town;
}

/// 840 links of two lanes with a signal at each of 225 junctions; 3000 vehicles.
void micro_grid(benchmark::State& state, CarFollowing model, double motorbike_share) {
  Circulation town(town_of_signals(15), with_model(model), 3000, motorbike_share);
  town.measure(state);
}
BENCHMARK_CAPTURE(micro_grid, cars_idm, CarFollowing::idm, 0.0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(micro_grid, cars_krauss, CarFollowing::krauss, 0.0)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(micro_grid, motorbikes_idm, CarFollowing::idm, 0.8)
    ->Unit(benchmark::kMillisecond);

/// 18,224 links of two lanes; 20,000 vehicles of which 60 % are motorbikes.
void micro_large_town(benchmark::State& state) {
  Circulation town(town_of_signals(68), with_model(CarFollowing::idm), 20000, 0.6);
  town.measure(state);
}
BENCHMARK(micro_large_town)->Unit(benchmark::kMillisecond);

/// A ring of two lanes: 20 km with 1000 cars, or 4 km with 600 vehicles of which 80 % are
/// motorbikes.
void micro_ring(benchmark::State& state, CarFollowing model, double length_m,
                std::uint32_t vehicles, double motorbike_share) {
  Circulation ring(ring_road(length_m, 13.89, 2), with_model(model), vehicles, motorbike_share);
  ring.measure(state);
}
BENCHMARK_CAPTURE(micro_ring, cars_idm, CarFollowing::idm, 20000, 1000, 0.0)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(micro_ring, motorbikes_idm, CarFollowing::idm, 4000, 600, 0.8)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kontwin::testing
